#pragma once
#include "frontend/optim/rmsprop.h"
