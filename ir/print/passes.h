/// `--export-json` and `--export-dot`; registerExportPasses() makes them known to tools.
#pragma once
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace mlir::weft {
#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "ir/print/export.h.inc"

/// "-": the standard output. What cannot be written is a diagnostic at the module.
LogicalResult writeFile(ModuleOp module, StringRef file, StringRef text);
}  // namespace mlir::weft
