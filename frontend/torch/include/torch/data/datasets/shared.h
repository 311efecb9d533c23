#pragma once
#include "frontend/data/datasets/shared.h"
