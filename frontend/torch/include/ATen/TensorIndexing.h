#pragma once
#include "frontend/tensor/indexing.h"
