/// The phase simplify: the same program with less to do; not a bit of its results changes.
#pragma once
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassManager.h"

namespace mlir::weft {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "passes/simplify/simplify.h.inc"

/// Adds the phase to a module's pipeline.
void buildSimplify(OpPassManager &pm);

}  // namespace mlir::weft
