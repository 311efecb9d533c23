#pragma once
#include "frontend/nn/modules/activation.h"
#include "frontend/nn/modules/attention.h"
