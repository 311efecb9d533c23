#pragma once
#include "frontend/nn/arg.h"
