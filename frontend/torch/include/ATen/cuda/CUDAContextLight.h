#pragma once
#include "frontend/torch/cuda_properties.h"
