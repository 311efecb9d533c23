#pragma once
#include "frontend/nn/options/dropout.h"
