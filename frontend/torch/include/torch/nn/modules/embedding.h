#pragma once
#include "frontend/nn/modules/embedding.h"
