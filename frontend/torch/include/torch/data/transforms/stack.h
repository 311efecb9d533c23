#pragma once
#include "frontend/data/transforms/stack.h"
