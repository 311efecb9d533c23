#pragma once
#include "frontend/torch/cuda_guard.h"
