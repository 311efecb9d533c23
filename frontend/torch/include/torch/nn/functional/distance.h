#pragma once
#include "frontend/nn/functional/distance.h"
