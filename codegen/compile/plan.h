/// Kernels in order -> a launch list with one buffer plan.
#pragma once
#include "codegen/compile/lowering.h"

namespace mlir::weft {

/// All launches have their kernels by now. Results of kernels that the function returns are
/// outputs, others lie in the arena for as long as somebody reads them; a result takes its
/// operand's block where that dies and in place is allowed.
::torch::runtime::LaunchPlan planBuffers(func::FuncOp function,
                                         llvm::ArrayRef<LoweredKernel> kernels);
}  // namespace mlir::weft
