#pragma once
#include "frontend/autograd/node.h"
