#pragma once
#include "frontend/nn/utils/convert_parameters.h"
