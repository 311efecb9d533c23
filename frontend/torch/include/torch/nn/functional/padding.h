#pragma once
#include "frontend/nn/functional/padding.h"
