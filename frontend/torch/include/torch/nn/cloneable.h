#pragma once
#include "frontend/nn/cloneable.h"
