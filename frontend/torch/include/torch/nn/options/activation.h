#pragma once
#include "frontend/nn/options/activation.h"
