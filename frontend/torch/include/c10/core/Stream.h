#pragma once
#include "frontend/torch/cuda_stream.h"
