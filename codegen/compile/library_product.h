/// Products that cuBLASLt can do as they are.
#pragma once
#include "codegen/compile/contraction_points.h"
#include "codegen/cuda/contraction/plan.h"

namespace mlir::weft {
/// The problem as one, where WEFT_MATMUL wants that: plain matrices, whose product is stored as it
/// is. `auto` leaves f32 and f64 to kernels of our own, since the order of their sums, and so the
/// bits, are the program's.
std::optional<LibraryProduct> libraryProduct(KernelOp kernel,
                                             const ::torch::codegen::cuda::Problem& problem,
                                             const Points& a, const Points& b,
                                             const Points& epilogue);
/// The kernels that are such products, in loops too, become launches of the library, where it has
/// an algorithm.
void useLibrary(llvm::MutableArrayRef<LoweredKernel> kernels, int device);
}  // namespace mlir::weft
