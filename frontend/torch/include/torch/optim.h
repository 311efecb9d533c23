#pragma once
#include "frontend/optim/optim.h"
