#pragma once
#include "frontend/optim/lbfgs.h"
