#pragma once
#include "frontend/nn/functional/pooling.h"
