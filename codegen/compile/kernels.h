/// Loop form -> machine code, for all kernels of a graph at once: equal ones once, the process's cache first, the rest
/// in parallel.
#pragma once
#include "codegen/compile/plan.h"

namespace mlir::weft {

struct CodeTexts {
  std::vector<std::string> loops, llvm, assembly;  // of the kernels that were asked for, by launch
};
/// Gives every launch its kernel; the number of those that were new to the process. With `texts`, everything is emitted
/// again to be looked at.
int makeKernels(llvm::MutableArrayRef<LoweredKernel> kernels, CodeTexts *texts);
}  // namespace mlir::weft
