#pragma once
#include "frontend/nn/modules/pixelshuffle.h"
