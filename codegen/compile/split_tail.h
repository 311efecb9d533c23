/// A reduction whose last task goes on with what all rows came to (passes/fusion/tails.cpp): the
/// kernel as two, that are one launch.
#pragma once
#include <optional>

#include "codegen/compile/lowering.h"

namespace mlir::weft {

struct SplitKernel {
  OwningOpRef<ModuleOp> holder;
  KernelOp main, tail;
  /// Where the two find these, among the buffers of the kernel.
  llvm::SmallVector<LocalBuffer> mainResults, tailOperands, tailResults;
  std::vector<size_t> temporaryBytes;
};
/// Nothing: all results are of the rows, or of their elements.
std::optional<SplitKernel> splitTail(KernelOp kernel);
}  // namespace mlir::weft
