#pragma once
#include "frontend/serialize/serialize.h"
