#pragma once
#include "frontend/tensor/tensor.h"
