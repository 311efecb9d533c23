#pragma once
#include "frontend/serialize/archive.h"
