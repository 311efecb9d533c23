#pragma once
#include "frontend/torch/std.h"
