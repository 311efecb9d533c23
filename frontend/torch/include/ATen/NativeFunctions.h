#pragma once
#include "frontend/tensor/native.h"
