#pragma once
#include "frontend/tensor/array_ref.h"
