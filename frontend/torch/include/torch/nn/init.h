#pragma once
#include "frontend/nn/init.h"
