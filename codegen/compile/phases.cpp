#include "codegen/compile/phases.h"

#include <fstream>

#include "codegen/compile/compile.h"
#include "ir/interface/emit.h"
#include "llvm/Support/FileSystem.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Pass/PassManager.h"
#include "passes/autodiff/autodiff.h"
#include "passes/fusion/fuse.h"
#include "passes/simplify/simplify.h"

namespace mlir::weft {

std::string text(ModuleOp module, bool locations) {
  std::string out;
  llvm::raw_string_ostream os(out);
  OpPrintingFlags flags;
  if (locations) flags.enableDebugInfo();
  module->print(os, flags);
  return out;
}

namespace {
std::string writeReproducer(const std::string &program, StringRef phase, StringRef flag) {
  llvm::SmallString<128> path;
  int fd = -1;
  if (llvm::sys::fs::createTemporaryFile(("weft-" + phase).str(), "mlir", fd, path)) return "";
  llvm::raw_fd_ostream os(fd, true);
  os << "// weft-opt " << flag << " " << path << "\n" << program << "\n";
  os.flush();
  const bool failed = os.has_error();
  os.clear_error();  // a stream that dies with an error ends the process
  return failed ? "" : path.str().str();
}
}  // namespace

void guardPhase(ModuleOp module, StringRef phase, StringRef flag, const std::function<LogicalResult()> &work) {
  OwningOpRef<ModuleOp> before = module.clone();  // cheaper than its text
  guardPhase(module.getContext(), phase, flag, [&] { return text(*before, true); }, work);
}

void guardPhase(MLIRContext *context, StringRef phase, StringRef flag, const std::function<std::string()> &program,
                const std::function<LogicalResult()> &work) {
  std::string said;
  bool ok = false;
  {
    ScopedDiagnosticHandler handler(context, [&](Diagnostic &d) {
      if (d.getSeverity() == DiagnosticSeverity::Error) {
        llvm::raw_string_ostream os(said);
        os << (said.empty() ? "" : "; ") << d.getLocation() << ": " << d;
      }
      return success();
    });
    try {
      ok = succeeded(work());
    } catch (const RuleError &error) {
      said = error.what();
    }
  }
  if (ok) return;
  std::string file = writeReproducer(program(), phase, flag);
  throw ::torch::codegen::InternalError(
      phase.str(), file,
      "internal error in phase " + phase.str() + ": " + (said.empty() ? "no message" : said) +
          (file.empty() ? "" : "; reproduce with: weft-opt " + flag.str() + " " + file));
}

void runPhases(ModuleOp module, bool fuse, const std::function<void(StringRef)> &after) {
  auto phase = [&](StringRef name, void (*build)(OpPassManager &)) {
    guardPhase(module, name, ("--" + name).str(), [&] {
      PassManager pm(module.getContext());
      build(pm);
      return pm.run(module);
    });
    after(name);
  };
  guardPhase(module, "record", "--verify-each", [&] { return verify(module); });
  after("record");
  phase("autodiff", buildAutodiff);
  phase("simplify", buildSimplify);
  if (fuse) phase("fuse", buildFuse);
}
}  // namespace mlir::weft
