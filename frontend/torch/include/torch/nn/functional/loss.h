#pragma once
#include "frontend/nn/functional/loss.h"
