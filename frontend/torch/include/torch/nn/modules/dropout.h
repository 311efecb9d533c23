#pragma once
#include "frontend/nn/modules/dropout.h"
