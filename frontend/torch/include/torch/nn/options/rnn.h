#pragma once
#include "frontend/nn/modules/linear.h"
