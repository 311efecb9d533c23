#pragma once
#include "frontend/torch/traits.h"
