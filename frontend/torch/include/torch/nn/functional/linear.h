#pragma once
#include "frontend/nn/functional/linear.h"
