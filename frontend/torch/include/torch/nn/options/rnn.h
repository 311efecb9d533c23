#pragma once
#include "frontend/nn/options/rnn.h"
