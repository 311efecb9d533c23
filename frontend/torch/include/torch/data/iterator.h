#pragma once
#include "frontend/data/iterator.h"
