#pragma once
#include "frontend/nn/modules/activation.h"
