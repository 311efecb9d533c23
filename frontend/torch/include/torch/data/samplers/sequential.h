#pragma once
#include "frontend/data/samplers/sequential.h"
