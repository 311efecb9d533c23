#pragma once
#include "frontend/nn/modules/fold.h"
