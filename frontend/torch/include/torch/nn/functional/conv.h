#pragma once
#include "frontend/nn/functional/conv.h"
