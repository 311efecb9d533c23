#pragma once
#include "frontend/nn/functional/activation.h"
