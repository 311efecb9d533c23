#pragma once
#include "frontend/data/transforms/tensor.h"
