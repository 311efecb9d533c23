#pragma once
#include "frontend/nn/modules/loss.h"
