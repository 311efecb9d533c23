#pragma once
#include "frontend/optim/optimizer.h"
