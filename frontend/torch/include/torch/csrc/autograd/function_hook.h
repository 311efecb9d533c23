#pragma once
#include "frontend/autograd/function_hook.h"
