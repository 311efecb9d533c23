#pragma once
#include "frontend/nn/functional/upsampling.h"
