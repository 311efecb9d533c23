#define WEFT_COMPILES_ONCE
#include "frontend/nn/nn.h"
