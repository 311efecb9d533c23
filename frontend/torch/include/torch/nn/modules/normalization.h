#pragma once
#include "frontend/nn/modules/local_response_norm.h"
#include "frontend/nn/modules/normalization.h"
