#pragma once
#include "frontend/data/samplers/random.h"
