#pragma once
#include "frontend/nn/modules/pooling.h"
