#pragma once
#include "frontend/nn/reduction.h"
