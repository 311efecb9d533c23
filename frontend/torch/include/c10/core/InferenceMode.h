#pragma once
#include "frontend/autograd/grad_mode.h"
