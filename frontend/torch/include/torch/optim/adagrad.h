#pragma once
#include "frontend/optim/adagrad.h"
