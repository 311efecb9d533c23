#pragma once
#include "frontend/nn/pimpl.h"
