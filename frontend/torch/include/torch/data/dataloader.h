#pragma once
#include "frontend/data/data_loader.h"
