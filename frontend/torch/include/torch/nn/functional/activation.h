#pragma once
#include "frontend/nn/functional/activation.h"
#include "frontend/nn/functional/attention.h"
