#pragma once
#include "frontend/nn/nn.h"
