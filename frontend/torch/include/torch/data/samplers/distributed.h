#pragma once
#include "frontend/data/samplers/distributed.h"
