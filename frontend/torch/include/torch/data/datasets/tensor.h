#pragma once
#include "frontend/data/datasets/tensor.h"
