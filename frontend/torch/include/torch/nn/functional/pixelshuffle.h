#pragma once
#include "frontend/nn/functional/pixelshuffle.h"
