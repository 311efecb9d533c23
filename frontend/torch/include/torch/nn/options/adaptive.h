#pragma once
#include "frontend/nn/options/adaptive.h"
