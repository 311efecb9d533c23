#pragma once
#include "frontend/autograd/autograd.h"
