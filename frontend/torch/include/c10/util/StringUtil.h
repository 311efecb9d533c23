#pragma once
#include "frontend/tensor/error.h"
