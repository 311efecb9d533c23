#pragma once
#include "frontend/nn/options/padding.h"
