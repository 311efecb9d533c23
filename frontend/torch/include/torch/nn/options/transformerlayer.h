#pragma once
#include "frontend/nn/options/transformer_layer.h"
