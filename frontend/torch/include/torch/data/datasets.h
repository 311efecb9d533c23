#pragma once
#include "frontend/data/datasets/chunk.h"
#include "frontend/data/datasets/map.h"
#include "frontend/data/datasets/mnist.h"
#include "frontend/data/datasets/shared.h"
#include "frontend/data/datasets/stateful.h"
#include "frontend/data/datasets/tensor.h"
