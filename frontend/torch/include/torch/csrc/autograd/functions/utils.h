#pragma once
#include "frontend/autograd/variable.h"
