#pragma once
#include "frontend/data/transforms/lambda.h"
