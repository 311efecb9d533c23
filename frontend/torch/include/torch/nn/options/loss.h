#pragma once
#include "frontend/nn/options/loss.h"
