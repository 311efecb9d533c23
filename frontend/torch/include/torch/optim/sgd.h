#pragma once
#include "frontend/optim/sgd.h"
