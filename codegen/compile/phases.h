/// The phase list up to kernels: record > autodiff > simplify > fuse. Names as in flags, dumps and
/// reports.
#pragma once
#include <functional>

#include "codegen/compile/compile.h"
#include "codegen/compile/verify.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"

namespace mlir::weft {

/// A context with the dialects of all phases.
std::unique_ptr<MLIRContext> makeContext();

/// Runs the phases on a module of op::Graph ops. `after(phase)` sees the module after each. With
/// `inputs`, or when WEFT_VERIFY=each asks for it (then with random inputs), the values that each
/// pass leaves are compared. Throws torch::codegen::InternalError, with a reproducer.
void runPhases(ModuleOp module, bool fuse, const std::function<void(StringRef phase)> &after,
               const Arrays *inputs = nullptr);
/// One of them.
void runPhase(ModuleOp module, StringRef phase, void (*build)(OpPassManager&),
              const Arrays* inputs = nullptr);

/// Runs `work`; a failure (with the diagnostics it emitted) or an exception of ours becomes an
/// InternalError that names the phase and a file with `module` as it was before, for weft-opt to
/// replay with `flag`.
void guardPhase(ModuleOp module, StringRef phase, StringRef flag,
                const std::function<LogicalResult()>& work);
/// The same for work that leaves its input as it is: `program` gives the file's text when it is
/// needed.
void guardPhase(MLIRContext* context, StringRef phase, StringRef flag,
                const std::function<std::string()>& program,
                const std::function<LogicalResult()>& work);

/// The error of a phase that failed, with a file: `program`, and in its first line `replay(file)`.
::torch::codegen::InternalError internalError(
    StringRef phase, StringRef said, const std::string& program,
    const std::function<std::string(const std::string& file)>& replay);

/// The program's text.
std::string text(ModuleOp module, bool locations = false);
}  // namespace mlir::weft
