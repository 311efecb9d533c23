#pragma once
#include "frontend/nn/utils/clip_grad.h"
#include "frontend/nn/utils/convert_parameters.h"
#include "frontend/nn/utils/rnn.h"
