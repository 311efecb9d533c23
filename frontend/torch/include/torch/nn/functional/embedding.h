#pragma once
#include "frontend/nn/functional/embedding.h"
