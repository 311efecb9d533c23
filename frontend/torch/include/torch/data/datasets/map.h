#pragma once
#include "frontend/data/datasets/map.h"
