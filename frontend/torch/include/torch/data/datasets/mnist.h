#pragma once
#include "frontend/data/datasets/mnist.h"
