#pragma once
#include "frontend/nn/any_module.h"
