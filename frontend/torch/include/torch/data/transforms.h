#pragma once
#include "frontend/data/transforms/lambda.h"
#include "frontend/data/transforms/stack.h"
#include "frontend/data/transforms/tensor.h"
