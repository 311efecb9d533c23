#pragma once
#include "frontend/nn/modules/adaptive.h"
