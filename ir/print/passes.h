/// `--export-json` and `--export-dot`; registerExportPasses() makes them known to tools.
#pragma once
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace mlir::weft {
#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "ir/print/export.h.inc"
}  // namespace mlir::weft
