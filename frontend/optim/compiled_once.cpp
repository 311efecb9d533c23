#define WEFT_COMPILES_ONCE
#include "frontend/optim/optim.h"
