#pragma once
#include "frontend/nn/options/linear.h"
