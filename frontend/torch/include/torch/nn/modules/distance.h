#pragma once
#include "frontend/nn/modules/distance.h"
