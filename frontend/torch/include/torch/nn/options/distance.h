#pragma once
#include "frontend/nn/options/distance.h"
