/// Of the ways to multiply matrices, one: WEFT_MATMUL says whose. `auto` measures on the GPU, once
/// for each product; what came out is kept beside the cubins and stays, so that a program's bits
/// are the same in every run on a machine.
#pragma once
#include "codegen/compile/kernels.h"
#include "codegen/compile/lowering.h"

namespace mlir::weft {

/// Leaves one way for each kernel, those in loops too, and makes the library's launches. `make`
/// compiles all launches that have no kernel. `texts`: gets a line for each choice.
void chooseWays(llvm::MutableArrayRef<LoweredKernel> kernels, int device, CodeTexts* texts,
                llvm::function_ref<void(llvm::MutableArrayRef<LoweredKernel>)> make);

/// For tests: what a product takes in a way, in ms, instead of the GPU's time; below 0: that. Null:
/// as if there had been none. What this process knows from before is forgotten.
using Stopwatch = std::function<double(const std::string& product, const std::string& way)>;
void setStopwatch(Stopwatch stopwatch);
}  // namespace mlir::weft
