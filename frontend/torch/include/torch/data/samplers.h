#pragma once
#include "frontend/data/samplers/distributed.h"
#include "frontend/data/samplers/random.h"
#include "frontend/data/samplers/sequential.h"
#include "frontend/data/samplers/stream.h"
