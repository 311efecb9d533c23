#pragma once
#include "frontend/data/data.h"
