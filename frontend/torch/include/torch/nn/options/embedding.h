#pragma once
#include "frontend/nn/options/embedding.h"
