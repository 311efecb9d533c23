#pragma once
#include "frontend/nn/functional/vision.h"
