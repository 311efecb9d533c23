#pragma once
#include "frontend/torch/tensor_flatten.h"
