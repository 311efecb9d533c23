#pragma once
#include "frontend/nn/ordered_dict.h"
