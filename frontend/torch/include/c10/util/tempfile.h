#pragma once
#include "frontend/torch/tempfile.h"
