#pragma once
#include "frontend/nn/options/pooling.h"
