#pragma once
#include "frontend/tensor/print.h"
