#pragma once
#include "frontend/nn/enum.h"
