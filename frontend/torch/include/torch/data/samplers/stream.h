#pragma once
#include "frontend/data/samplers/stream.h"
