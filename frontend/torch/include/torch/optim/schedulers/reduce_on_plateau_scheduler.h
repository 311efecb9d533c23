#pragma once
#include "frontend/optim/schedulers/plateau.h"
