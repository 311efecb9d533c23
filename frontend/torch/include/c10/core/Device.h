#pragma once
#include "frontend/tensor/device.h"
