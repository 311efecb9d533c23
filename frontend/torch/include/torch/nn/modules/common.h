#pragma once
#include "frontend/nn/any_value.h"
