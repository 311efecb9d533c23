#pragma once
#include "frontend/nn/modules/rnn.h"
