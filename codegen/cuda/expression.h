/// What an op computes, as an expression of CUDA C++.
#pragma once
#include <optional>

#include "codegen/cuda/names.h"
#include "llvm/ADT/STLExtras.h"

namespace mlir::weft::cuda {

/// `use(v)`: a value as an operand of anything, in parentheses where it needs them. None: an op that
/// is no expression.
std::optional<std::string> expression(const Names& names, Operation* op,
                                      llvm::function_ref<std::string(Value)> use);
/// The expression has an operand in it twice.
bool repeatsOperands(Operation* op);
}  // namespace mlir::weft::cuda
