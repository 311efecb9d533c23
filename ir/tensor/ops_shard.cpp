// A part of the generated op definitions; BUILD compiles this file once per shard with
// GET_OP_DEFS_<n> defined.
#include "ir/tensor/ops.h"

#include "ir/tensor/ops.cpp.inc"
