#pragma once
#include "frontend/nn/modules/normalization.h"
