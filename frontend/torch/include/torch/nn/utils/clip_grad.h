#pragma once
#include "frontend/nn/utils/clip_grad.h"
