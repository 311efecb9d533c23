#pragma once
#include "frontend/nn/options/transformer.h"
