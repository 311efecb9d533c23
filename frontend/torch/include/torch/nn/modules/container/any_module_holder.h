#pragma once
#include "frontend/nn/any_module_holder.h"
