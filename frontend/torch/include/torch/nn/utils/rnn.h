#pragma once
#include "frontend/nn/utils/rnn.h"
