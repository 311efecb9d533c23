#include "codegen/compile/phases.h"

#include "codegen/cpu/lower.h"
#include "ir/interface/emit.h"
#include "ir/tensor/dialect.h"
#include "llvm/Support/FileSystem.h"
#include "mlir/IR/Verifier.h"
#include "passes/autodiff/autodiff.h"
#include "passes/fusion/fuse.h"
#include "passes/simplify/simplify.h"
#include "runtime/trace/knobs.h"

namespace mlir::weft {

std::unique_ptr<MLIRContext> makeContext() {
  DialectRegistry registry;
  registry.insert<WeftDialect>();
  auto context = std::make_unique<MLIRContext>(registry);
  context->loadAllAvailableDialects();
  loadLoopDialects(context.get());
  return context;
}

std::string text(ModuleOp module, bool locations) {
  std::string out;
  llvm::raw_string_ostream os(out);
  OpPrintingFlags flags;
  if (locations) flags.enableDebugInfo();
  module->print(os, flags);
  return out;
}

namespace {
using Replay = std::function<std::string(const std::string &file)>;

// The file's name; empty when it cannot be written.
std::string writeReproducer(const std::string &program, StringRef phase, const Replay &replay) {
  llvm::SmallString<128> path;
  int fd = -1;
  if (llvm::sys::fs::createTemporaryFile(("weft-" + phase).str(), "mlir", fd, path)) return "";
  llvm::raw_fd_ostream os(fd, true);
  os << "// " << replay(path.str().str()) << "\n" << program << "\n";
  os.flush();
  const bool failed = os.has_error();
  os.clear_error();  // a stream that dies with an error ends the process
  return failed ? "" : path.str().str();
}
}  // namespace

::torch::codegen::InternalError internalError(StringRef phase, StringRef said,
                                              const std::string& program, const Replay& replay) {
  std::string file = writeReproducer(program, phase, replay);
  return {phase.str(), file,
          ("internal error in phase " + phase + ": " + (said.empty() ? "no message" : said)).str() +
              (file.empty() ? "" : "; reproduce with: " + replay(file))};
}

void guardPhase(ModuleOp module, StringRef phase, StringRef flag,
                const std::function<LogicalResult()>& work) {
  OwningOpRef<ModuleOp> before = module.clone();  // cheaper than its text
  guardPhase(module.getContext(), phase, flag, [&] { return text(*before, true); }, work);
}

void guardPhase(MLIRContext* context, StringRef phase, StringRef flag,
                const std::function<std::string()>& program,
                const std::function<LogicalResult()>& work) {
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
  throw internalError(phase, said, program(), [&](const std::string& file) {
    return "weft-opt " + flag.str() + " " + file;
  });
}

void runPhase(ModuleOp module, StringRef name, void (*build)(OpPassManager&),
              const Arrays* inputs) {
  const bool checked =
      inputs || ::torch::runtime::knobs().verify == ::torch::runtime::Knobs::Verify::each;
  ValueCheck check(inputs);
  OwningOpRef<ModuleOp> before;
  if (checked) before = module.clone();
  guardPhase(module, name, ("--" + name).str(), [&] {
    PassManager pm(module.getContext());
    if (checked) pm.addInstrumentation(check.instrumentation());
    build(pm);
    return pm.run(module);
  });
  if (check.difference().empty()) return;
  throw internalError(name, check.difference(), text(*before, true),
                      [&](const std::string &file) { return replayCommand(*before, file); });
}

void runPhases(ModuleOp module, bool fuse, const std::function<void(StringRef)>& after,
               const Arrays* inputs) {
  auto phase = [&](StringRef name, void (*build)(OpPassManager &)) {
    runPhase(module, name, build, inputs);
    after(name);
  };
  guardPhase(module, "record", "--verify-each", [&] { return verify(module); });
  after("record");
  phase("autodiff", buildAutodiff);
  phase("simplify", buildSimplify);
  if (fuse) phase("fuse", ::torch::runtime::knobs().fuse ? buildFuse : buildSeparate);
}
}  // namespace mlir::weft
