#pragma once
#include "frontend/nn/functional/dropout.h"
