/// All of torch::optim.
#pragma once
#include "frontend/optim/adam.h"
#include "frontend/optim/optimizer.h"
#include "frontend/optim/sgd.h"
