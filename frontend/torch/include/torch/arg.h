#pragma once
#include "frontend/tensor/arg.h"
