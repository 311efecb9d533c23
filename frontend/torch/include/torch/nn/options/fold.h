#pragma once
#include "frontend/nn/options/fold.h"
