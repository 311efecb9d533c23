/// The phase fuse. In: a function of pure weft ops without weft.grad. Out: the same function as
/// weft.kernel ops, in an order in which they can run; every result of the function comes from a
/// kernel, no two from the same value.
#pragma once
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassManager.h"

namespace mlir::weft {

#define GEN_PASS_DECL_FUSE
#define GEN_PASS_REGISTRATION
#include "passes/fusion/fuse.h.inc"

/// An attribute of a module: with so many rows (or tasks) its code keeps what it is for busy, and
/// elements may wait in a kernel for what is made of their row. Absent: kRows, which suits a CPU.
constexpr StringLiteral kRowsAttribute = "weft.rows";
constexpr int64_t kRows = 8, kRowsOfGpu = 32;
void forGpu(ModuleOp module);

/// Adds the phase to a module's pipeline.
void buildFuse(OpPassManager &pm);
/// The same with nothing fused: each op is a kernel.
void buildSeparate(OpPassManager &pm);

}  // namespace mlir::weft
