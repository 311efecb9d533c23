#pragma once
#include "frontend/nn/modules/transformer.h"
