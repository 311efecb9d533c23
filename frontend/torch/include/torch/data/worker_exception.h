#pragma once
#include "frontend/data/threads.h"
