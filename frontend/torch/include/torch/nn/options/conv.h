#pragma once
#include "frontend/nn/options/conv.h"
