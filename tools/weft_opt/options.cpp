#include "tools/weft_opt/options.h"

#include "llvm/ADT/StringSet.h"
#include "llvm/Support/CommandLine.h"
#include "mlir/Debug/Counter.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/Timing.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

namespace cl = llvm::cl;
namespace {
cl::OptionCategory passes("1. Passes and phases",
                          "They run in the order given; --pass-pipeline says it all in one.");
cl::OptionCategory files("2. Input and output");
cl::OptionCategory watching("3. Watching passes", "The IR between passes, times, statistics.");
cl::OptionCategory printing("4. How the IR is printed");
cl::OptionCategory checking("5. Checks and reproducers");

constexpr char introduction[] =
    "weft-opt: runs Weft's passes and phases on a .mlir file and prints what they leave.\n\n"
    "  weft-opt in.mlir                                        parse, verify, print\n"
    "  weft-opt --autodiff --simplify --fuse in.mlir           the phases from a recorded program "
    "to kernels\n"
    "  weft-opt --fuse --loops in.mlir                         kernels as loops; then "
    "--lower-to-llvm\n"
    "  weft-opt --export-dot=file=g.dot in.mlir -o /dev/null   a picture\n\n"
    "The first line of a file that a failed phase wrote is the command that replays it.\n";

bool starts_with_any(llvm::StringRef name, std::initializer_list<const char*> prefixes) {
  return llvm::any_of(prefixes, [&](const char* prefix) { return name.starts_with(prefix); });
}

// Of MLIR's own, what serves those who work on MLIR.
bool is_exotic(llvm::StringRef name) {
  return starts_with_any(
      name, {"irdl-file", "load-", "elide-resource", "emit-bytecode", "mlir-debug-counter", "log-",
             "test-", "mlir-print-debug-counter", "mlir-enable-debugger-hook", "profile-actions",
             "output-split-marker", "mlir-elide", "mlir-print-elementsattrs", "mlir-print-op-on",
             "mlir-print-stacktrace"});
}

cl::OptionCategory& category(llvm::StringRef name) {
  if (starts_with_any(name, {"mlir-print-ir", "mlir-timing", "mlir-output-format",
                             "mlir-pass-statistics", "dump-pass-pipeline"}))
    return watching;
  if (starts_with_any(name, {"mlir-print", "mlir-pretty", "mlir-use-nameloc"})) return printing;
  if (starts_with_any(
          name, {"verify", "run-reproducer", "mlir-generate-reproducer", "mlir-pass-pipeline"}))
    return checking;
  if (starts_with_any(name, {"pass-pipeline", "mlir-disable-threading"})) return passes;
  return files;
}
}  // namespace

Files parse_options(int argc, char** argv, mlir::DialectRegistry& registry) {
  // What is there by now are options of LLVM's libraries: --help-hidden still lists them.
  llvm::StringSet<> before;
  for (auto& [name, option] : cl::getRegisteredOptions()) {
    before.insert(name);
    if (name != "help" && name != "version") option->setHiddenFlag(cl::Hidden);
  }

  static cl::opt<std::string> input(cl::Positional, cl::desc("<input file>"), cl::init("-"),
                                    cl::cat(files));
  static cl::opt<std::string> output("o", cl::desc("Output file; - is the standard output"),
                                     cl::value_desc("file"), cl::init("-"), cl::cat(files));
  mlir::MlirOptMainConfig::registerCLOptions(registry);
  mlir::registerAsmPrinterCLOptions();
  mlir::registerMLIRContextCLOptions();
  mlir::registerPassManagerCLOptions();
  mlir::registerDefaultTimingManagerCLOptions();
  mlir::tracing::DebugCounter::registerCLOptions();
  for (auto& [name, option] : cl::getRegisteredOptions()) {
    if (before.contains(name) || name == "o") continue;
    // The list of passes is one option without a name of its own; every pass is a spelling of it.
    option->addCategory(option->ArgStr.empty() ? passes : category(name));
    if (is_exotic(name)) option->setHiddenFlag(cl::Hidden);
  }

  cl::ParseCommandLineOptions(argc, argv, introduction);
  return {input, output};
}
