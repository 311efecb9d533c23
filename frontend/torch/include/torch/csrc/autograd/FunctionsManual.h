#pragma once
#include <ATen/ATen.h>
#include <ATen/NativeFunctions.h>

#include "frontend/autograd/autograd.h"
