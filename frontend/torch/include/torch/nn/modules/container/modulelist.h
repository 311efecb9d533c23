#pragma once
#include "frontend/nn/modules/module_list.h"
