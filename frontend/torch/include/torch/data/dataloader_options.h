#pragma once
#include "frontend/data/options.h"
