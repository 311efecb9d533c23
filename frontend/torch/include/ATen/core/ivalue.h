#pragma once
#include "frontend/tensor/ivalue.h"
