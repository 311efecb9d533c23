#pragma once
#include "frontend/tensor/autocast.h"
