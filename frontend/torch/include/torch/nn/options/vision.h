#pragma once
#include "frontend/nn/options/vision.h"
