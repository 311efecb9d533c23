#pragma once
#include "frontend/tensor/options.h"
