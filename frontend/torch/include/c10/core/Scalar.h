#pragma once
#include "frontend/tensor/scalar.h"
