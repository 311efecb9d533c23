#pragma once
#include "frontend/nn/functional/fold.h"
