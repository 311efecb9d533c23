#pragma once
#include "frontend/nn/options/activation.h"
#include "frontend/nn/options/attention.h"
