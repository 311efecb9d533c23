#pragma once
#include "frontend/data/transforms/base.h"
