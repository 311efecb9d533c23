#pragma once
#include "frontend/tensor/scalar_type.h"
