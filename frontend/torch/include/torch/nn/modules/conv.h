#pragma once
#include "frontend/nn/modules/conv.h"
