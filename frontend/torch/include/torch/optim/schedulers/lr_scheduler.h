#pragma once
#include "frontend/optim/schedulers/lr_scheduler.h"
