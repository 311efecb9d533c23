#pragma once
#include "frontend/torch/utils.h"
