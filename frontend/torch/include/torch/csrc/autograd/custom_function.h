#pragma once
#include "frontend/autograd/function.h"
