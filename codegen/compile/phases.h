/// The phase list up to kernels: record > autodiff > simplify > fuse. Names as in flags, dumps and reports.
#pragma once
#include <functional>

#include "mlir/IR/BuiltinOps.h"

namespace mlir::weft {

/// Runs the phases on a module of op::Graph ops. `after(phase)` sees the module after each. Throws
/// torch::codegen::InternalError, with a reproducer.
void runPhases(ModuleOp module, bool fuse, const std::function<void(StringRef phase)> &after);

/// Runs `work`; a failure (with the diagnostics it emitted) or an exception of ours becomes an InternalError that names
/// the phase and a file with `module` as it was before, for weft-opt to replay with `flag`.
void guardPhase(ModuleOp module, StringRef phase, StringRef flag, const std::function<LogicalResult()> &work);
/// The same for work that leaves its input as it is: `program` gives the file's text when it is needed.
void guardPhase(MLIRContext *context, StringRef phase, StringRef flag, const std::function<std::string()> &program,
                const std::function<LogicalResult()> &work);

/// The program's text.
std::string text(ModuleOp module, bool locations = false);
}  // namespace mlir::weft
