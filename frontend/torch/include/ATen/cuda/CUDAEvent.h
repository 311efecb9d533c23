#pragma once
#include "frontend/torch/cuda_event.h"
#include "frontend/torch/cuda_guard.h"
#include "frontend/torch/cuda_properties.h"
