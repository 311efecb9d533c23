/// The phase autodiff: a function with weft.grad comes in, one without goes out. autodiff.td has an
/// example.
#pragma once
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassManager.h"

namespace mlir::weft {

#define GEN_PASS_DECL_AUTODIFF
#define GEN_PASS_REGISTRATION
#include "passes/autodiff/autodiff.h.inc"

/// Adds the phase to a module's pipeline.
void buildAutodiff(OpPassManager &pm);

}  // namespace mlir::weft
