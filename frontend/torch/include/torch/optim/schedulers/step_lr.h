#pragma once
#include "frontend/optim/schedulers/decay.h"
