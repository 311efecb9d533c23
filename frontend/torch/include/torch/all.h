/// libtorch's name for <weft/weft.h>.
#pragma once
#include <weft/weft.h>
