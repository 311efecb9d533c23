#pragma once
#include "frontend/nn/modules/parameter_list.h"
