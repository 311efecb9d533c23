#pragma once
#include "frontend/data/datasets/stateful.h"
