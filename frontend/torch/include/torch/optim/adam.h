#pragma once
#include "frontend/optim/adam.h"
