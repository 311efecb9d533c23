/// The fusion pass. In: a function of pure weft ops without weft.grad. Out: the same function as weft.kernel ops, in an
/// order in which they can run; every result of the function comes from a kernel, no two from the same value.
#pragma once
#include "mlir/Pass/Pass.h"

namespace mlir::weft {
std::unique_ptr<Pass> createFusePass();
void registerFusePass();
}  // namespace mlir::weft
