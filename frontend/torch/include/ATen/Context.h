#pragma once
#include "frontend/torch/context.h"
