#pragma once
#include "frontend/torch/device_guard.h"
