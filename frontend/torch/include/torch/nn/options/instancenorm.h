#pragma once
#include "frontend/nn/options/normalization.h"
