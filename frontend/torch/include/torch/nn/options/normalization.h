#pragma once
#include "frontend/nn/options/normalization.h"
#include "frontend/nn/options/normalize.h"
