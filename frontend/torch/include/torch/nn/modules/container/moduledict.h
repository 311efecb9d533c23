#pragma once
#include "frontend/nn/modules/module_dict.h"
