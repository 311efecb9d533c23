#pragma once
#include "frontend/autograd/basic_ops.h"
