#pragma once
#include "frontend/nn/options/upsampling.h"
