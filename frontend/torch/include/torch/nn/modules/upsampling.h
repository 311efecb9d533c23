#pragma once
#include "frontend/nn/modules/upsampling.h"
