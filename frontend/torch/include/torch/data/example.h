#pragma once
#include "frontend/data/example.h"
