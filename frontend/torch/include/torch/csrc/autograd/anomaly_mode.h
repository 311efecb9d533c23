#pragma once
#include "frontend/autograd/anomaly_mode.h"
