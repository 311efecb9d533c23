#pragma once
#include "frontend/nn/options/transformer_coder.h"
