/// What a kernel takes on a GPU.
#pragma once
#include <optional>

#include "codegen/compile/lowering.h"

namespace mlir::weft {
/// Milliseconds of one run, on memory of its own; its launches have their kernels. Takes a few runs,
/// some of them a few milliseconds together. Nothing: there is no memory for it.
std::optional<double> timeOf(KernelOp kernel, const Lowered& lowered, int device);
}  // namespace mlir::weft
