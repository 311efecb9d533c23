/// Products that cuBLASLt can do.
#pragma once
#include "codegen/compile/contraction_points.h"
#include "codegen/cuda/contraction/plan.h"

namespace mlir::weft {
/// The kernel of that product as the library's, with maps before it for operands that do not lie as
/// it wants them, and one behind it for what is made of the result. Nothing: it cannot be done so.
/// Failure comes with a diagnostic.
FailureOr<std::optional<Lowered>> lowerLibraryProduct(
    KernelOp kernel, MatmulOp op, const ::torch::codegen::cuda::Problem& problem, const Points& a,
    const Points& b, const Points& epilogue);
}  // namespace mlir::weft
