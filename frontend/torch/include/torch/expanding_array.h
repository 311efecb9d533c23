#pragma once
#include "frontend/nn/expanding_array.h"
