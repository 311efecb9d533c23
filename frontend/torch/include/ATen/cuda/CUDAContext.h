#pragma once
#include "frontend/torch/cuda_properties.h"
#include "frontend/torch/cuda_stream.h"
