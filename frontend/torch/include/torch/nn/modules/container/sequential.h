#pragma once
#include "frontend/nn/modules/sequential.h"
