#pragma once
#include "frontend/nn/modules/padding.h"
