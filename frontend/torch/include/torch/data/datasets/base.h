#pragma once
#include "frontend/data/datasets/base.h"
