#pragma once
#include "frontend/torch/irange.h"
