#pragma once
#include "frontend/nn/module.h"
