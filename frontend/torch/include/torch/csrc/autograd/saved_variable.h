#pragma once
#include "frontend/autograd/saved_variable.h"
