// Kernels -> CUDA C++ -> functions of a GPU, for all of a graph at once: equal ones once, the
// process's cache first, the rest as programs of many kernels.
#include <chrono>

#include "codegen/compile/choose.h"
#include "codegen/compile/made.h"
#include "codegen/compile/phases.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "runtime/cuda/kernels.h"
#include "runtime/cuda/launch_graph.h"

namespace mlir::weft {
namespace {
namespace rt = ::torch::runtime;

// A function's handle is of one device's context.
rt::KernelKey keyFor(const LoweredLaunch& launch, int device, bool many) {
  return rt::kernel_key(launch.key + (many ? " many on " : " on ") + std::to_string(device));
}

// The kernels of a graph; those of several launches take many at once.
class Needed {
 public:
  Needed(llvm::MutableArrayRef<LoweredKernel> kernels, int device) : device_(device) {
    forEachWanted(kernels, [&](Wanted w) { ++launches_[w.launch->key]; });
  }
  bool isMany(const LoweredLaunch& l) const {
    return l.kind != "contraction" && launches_.lookup(l.key) > 1;
  }
  rt::KernelKey key(const LoweredLaunch& l) const { return keyFor(l, device_, isMany(l)); }

 private:
  llvm::StringMap<int> launches_;
  int device_;
};

struct Missing {
  Wanted wanted;
  rt::KernelKey key;
  cuda::Text text;
  rt::cuda::KernelSource source;
};

Missing written(Wanted wanted, const Needed& needed) {
  const rt::KernelKey key = needed.key(*wanted.launch);
  Missing missing{wanted, key, {}, {}};
  missing.source.name =
      "weft_" + wanted.launch->name + "_" + llvm::utohexstr(key.low, /*LowerCase=*/true);
  KernelOp op = wanted.op;
  guardPhase(
      op.getContext(), "cuda", "--cuda", [&] { return text(*programOf(op), true); },
      [&] {
        FailureOr<cuda::Text> text =
            wanted.launch->write(missing.source.name, needed.isMany(*wanted.launch));
        if (succeeded(text)) missing.text = std::move(*text);
        return LogicalResult(text);
      });
  missing.source.text = missing.text.code;
  return missing;
}

using Kernels = std::vector<std::shared_ptr<const rt::Kernel>>;

Kernels load(llvm::ArrayRef<Missing> missing, int device) {
  std::vector<rt::cuda::KernelSource> sources;
  for (const Missing& m : missing) sources.push_back(m.source);
  std::vector<rt::cuda::LoadedKernel> loaded = rt::cuda::load(device, sources);
  Kernels kernels;
  for (auto [m, l] : llvm::zip(missing, loaded)) {
    auto kernel = std::make_shared<rt::Kernel>();
    kernel->function = l.function;
    kernel->shared_bytes = static_cast<size_t>(m.text.sharedBytes);
    kernel->keep_alive = l.keep_alive;
    kernel->many = l.many;
    kernel->many_rows = static_cast<uint32_t>(m.text.manyRows);
    kernels.push_back(kernel);
  }
  return kernels;
}

int makeKernels(llvm::MutableArrayRef<LoweredKernel> kernels, int device, CodeTexts* texts) {
  const Needed needed(kernels, device);
  std::vector<Missing> missing;
  llvm::StringSet<> keys;
  forEachWanted(kernels, [&](Wanted w) {
    if (!keys.insert(w.launch->key).second) return;
    if (texts || !rt::kernel_cache::contains(needed.key(*w.launch)))
      missing.push_back(written(w, needed));
    if (texts)
      texts->cuda.push_back("// " + sourceLines(w.op.getLoc()) + "\n" + missing.back().source.text);
  });
  const Kernels made = load(missing, device);
  for (auto [m, kernel] : llvm::zip(missing, made))
    rt::kernel_cache::find_or_make(m.key, [&, k = kernel] { return k; });
  forEachWanted(kernels, [&](Wanted w) {
    // made anew should the cache have lost it meanwhile
    auto kernel = rt::kernel_cache::find_or_make(
        needed.key(*w.launch), [&] { return load(written(w, needed), device).front(); });
    w.launch->kernel = named(*kernel, w.op, *w.launch);
  });
  closeLoops(kernels);
  return static_cast<int>(missing.size());
}
}  // namespace

std::unique_ptr<rt::Executable> makeLaunchGraph(ModuleOp module, func::FuncOp main,
                                                const ::torch::codegen::Placement& placement,
                                                rt::Executable::Summary& summary,
                                                CodeTexts* texts) {
  const int device = placement.device.index;
  std::vector<LoweredKernel> kernels = loweredKernels(module, main, Backend::cuda);
  const auto start = std::chrono::steady_clock::now();
  chooseWays(kernels, device, texts,
             [&](llvm::MutableArrayRef<LoweredKernel> k) { makeKernels(k, device, nullptr); });
  summary.kernels_compiled = makeKernels(kernels, device, texts);
  summary.codegen_ms =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  rt::LaunchPlan plan = planBuffers(main, kernels);
  summary.kernels = static_cast<int>(plan.launches.size());
  summary.arena_bytes = plan.arena_bytes;
  auto graph = std::make_unique<rt::cuda::LaunchGraph>(std::move(plan), device, placement.on_host);
  summary.launches = graph->summary.launches;
  return graph;
}
}  // namespace mlir::weft
