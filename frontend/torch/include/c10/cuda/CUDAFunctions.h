#pragma once
#include "frontend/torch/cuda.h"
