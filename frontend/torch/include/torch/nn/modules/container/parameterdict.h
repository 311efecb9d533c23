#pragma once
#include "frontend/nn/modules/parameter_dict.h"
