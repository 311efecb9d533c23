#pragma once
#include "frontend/nn/modules/transformer_layer.h"
