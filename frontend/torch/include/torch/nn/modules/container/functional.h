#pragma once
#include "frontend/nn/modules/functional.h"
