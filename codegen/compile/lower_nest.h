/// A launch of a loop nest.
#pragma once
#include "codegen/compile/lowering.h"
#include "codegen/loops/nest.h"

namespace mlir::weft {
/// A scan whose body is one kernel.
FailureOr<Lowered> lowerElementwiseScan(KernelOp kernel, Backend backend);
}
