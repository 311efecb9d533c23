#pragma once
#include "frontend/data/samplers/base.h"
