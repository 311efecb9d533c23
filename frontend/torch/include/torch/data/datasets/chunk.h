#pragma once
#include "frontend/data/datasets/chunk.h"
