#pragma once
#include "frontend/nn/functional/normalization.h"
