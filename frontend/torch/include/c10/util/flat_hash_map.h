#pragma once
#include "frontend/torch/containers.h"
