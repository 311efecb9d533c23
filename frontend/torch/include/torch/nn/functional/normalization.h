#pragma once
#include "frontend/nn/functional/normalization.h"
#include "frontend/nn/functional/normalize.h"
