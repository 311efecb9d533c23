#include "codegen/compile/compile.h"

#include <malloc.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "codegen/compile/kernels.h"
#include "codegen/compile/phases.h"
#include "codegen/compile/verify.h"
#include "ir/tensor/import.h"
#include "mlir/IR/MLIRContext.h"
#include "passes/fusion/fuse.h"
#include "runtime/cuda/on_host.h"
#include "runtime/reference/reference.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace codegen {
namespace {
namespace weft = mlir::weft;

double millisecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
      .count();
}

// One context a thread: loading dialects takes longer than compiling a small graph. It is made anew
// from time to time, since types and attributes live as long as it does.
mlir::MLIRContext& context() {
  constexpr int kCompiles = 256;
  thread_local std::unique_ptr<mlir::MLIRContext> current;
  thread_local int compiles = 0;
  if (!current || ++compiles % kCompiles == 0) {
    current = weft::makeContext();
  }
  return *current;
}

// Files of the phases: FOLDER/NAME.1.record.mlir, ... NAME is graph001, graph002, ... unless it was
// given.
class Dump {
 public:
  explicit Dump(const std::string& name) : folder_(runtime::knobs().dump), name_(name) {
    static std::atomic<int> graphs{0};
    char number[32];
    std::snprintf(number, sizeof number, "graph%03d", ++graphs);
    if (name_.empty()) name_ = number;
  }
  bool on() const { return !folder_.empty(); }
  void write(const std::string& phase, const std::string& ending, const std::string& text) {
    if (!on()) return;
    std::filesystem::path path =
        std::filesystem::path(folder_) /
        (name_ + "." + std::to_string(++count_) + "." + phase + "." + ending);
    std::error_code ignored;  // the file tells
    std::filesystem::create_directories(folder_, ignored);
    std::ofstream file(path);
    file << text;
    file.close();
    if (!file)
      throw std::runtime_error("cannot write the dump file " + path.string() + ": " +
                               std::strerror(errno));
  }

 private:
  std::string folder_, name_;
  int count_ = 0;
};

std::string joined(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& p : parts) all += p + "\n";
  return all;
}

bool isCuda(const Placement& placement) {
  return placement.device.type == c10::DeviceType::CUDA;
}

std::unique_ptr<runtime::Executable> compileKernels(mlir::ModuleOp module, mlir::func::FuncOp main,
                                                    const Placement& placement, Dump& dump,
                                                    runtime::Executable::Summary& summary) {
  weft::CodeTexts texts;
  weft::CodeTexts* wanted = dump.on() ? &texts : nullptr;
  std::unique_ptr<runtime::Executable> made;
  if (isCuda(placement)) {
    made = weft::makeLaunchGraph(module, main, placement, summary, wanted);
    dump.write("cuda", "cu", joined(texts.cuda));
    return made;
  }
  made = weft::makeLaunchList(module, main, summary, wanted);
  dump.write("loops", "mlir", joined(texts.loops));
  dump.write("llvm", "ll", joined(texts.llvm));
  dump.write("launch", "s", joined(texts.assembly));
  return made;
}

// The program as a graph, and for each of its nodes the recorded one.
std::pair<op::Graph, std::vector<uint32_t>> exported(mlir::func::FuncOp main, const char* phase) {
  std::vector<uint32_t> recorded;
  mlir::FailureOr<op::Graph> graph = weft::exportGraph(main, &recorded);
  if (failed(graph))
    throw InternalError(
        phase, "",
        std::string("internal error in phase ") + phase + ": its program cannot be exported");
  return {std::move(*graph), std::move(recorded)};
}
}  // namespace

std::unique_ptr<runtime::Executable> compile(const op::Graph& graph, Tier tier,
                                             const Placement& placement,
                                             const std::string& dump_name) {
  auto start = std::chrono::steady_clock::now();
  Dump dump(dump_name);
  mlir::OwningOpRef<mlir::ModuleOp> module = weft::importGraph(&context(), graph);
  auto main = module->lookupSymbol<mlir::func::FuncOp>("main");
  if (isCuda(placement)) weft::forGpu(*module);
  const bool verifies = tier == Tier::compile && !isCuda(placement) &&
                        runtime::knobs().verify != runtime::Knobs::Verify::off;
  std::pair<op::Graph, std::vector<uint32_t>> expanded;
  weft::runPhases(*module, tier == Tier::compile, [&](llvm::StringRef phase) {
    if (dump.on()) dump.write(phase.str(), "mlir", weft::text(*module, true));
    if (verifies && phase == "autodiff") expanded = exported(main, "autodiff");
  });
  runtime::Executable::Summary summary;
  std::unique_ptr<runtime::Executable> executable;
  if (tier == Tier::compile) {
    executable = compileKernels(*module, main, placement, dump, summary);
  } else {
    auto [pure, recorded] = exported(main, "simplify");
    executable =
        std::make_unique<reference::ReferenceExecutable>(std::move(pure), std::move(recorded));
    summary.reference = true;
  }
  if (verifies)
    executable = weft::verified(std::move(executable), std::move(expanded.first),
                                std::move(expanded.second));
  if (isCuda(placement) && tier == Tier::reference)
    executable = std::make_unique<runtime::cuda::HostRun>(
        std::move(executable), placement.device.index, placement.on_host);
  summary.passes_ms = millisecondsSince(start) - summary.codegen_ms;
  executable->summary = summary;
  // What LLVM took goes back to the system before the results take theirs.
  module = nullptr;
  if (summary.kernels_compiled > 0) malloc_trim(0);
  return executable;
}
}  // namespace codegen
}  // namespace torch
