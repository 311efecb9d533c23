/// A long value that a contraction reads when most of the program lies between, and that a few
/// instructions make of what is kept anyway, is made a second time there: what training saves for
/// backward is kept once. Bits do not change: the same ops on the same values.
#pragma once
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace mlir::weft {
/// What was added: for grouping to leave where it is. After the last merging of equal ops, which
/// would undo it.
llvm::DenseSet<Operation *> recompute(func::FuncOp func);
}  // namespace mlir::weft
