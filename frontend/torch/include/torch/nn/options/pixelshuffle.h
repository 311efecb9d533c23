#pragma once
#include "frontend/nn/options/pixelshuffle.h"
