#pragma once
#include "frontend/tensor/dlpack.h"
