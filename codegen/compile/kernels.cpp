#include "codegen/compile/kernels.h"

#include <atomic>
#include <chrono>

#include "codegen/compile/made.h"
#include "codegen/compile/phases.h"
#include "codegen/cpu/lower.h"
#include "ir/tensor/import.h"
#include "llvm/ExecutionEngine/Orc/ThreadSafeModule.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/raw_ostream.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Verifier.h"
#include "runtime/cpu/jit.h"
#include "runtime/cpu/thread_pool.h"
#include "runtime/executable/prebuilt.h"

namespace mlir::weft {
namespace {
namespace rt = ::torch::runtime;

struct Code {
  std::unique_ptr<llvm::LLVMContext> context = std::make_unique<llvm::LLVMContext>();
  std::unique_ptr<llvm::Module> module;
};

Code generate(KernelOp kernel, const LoweredLaunch& launch, const std::string& name,
              std::string* loops) {
  OwningOpRef<ModuleOp> module = ModuleOp::create(kernel.getLoc());
  Code code;
  guardPhase(
      kernel.getContext(), "loops", "--loops", [&] { return text(*programOf(kernel), true); },
      [&] {
        launch.emit(*module, name);
        return verify(*module);
      });
  if (loops) *loops = text(*module);
  auto again = [&] {
    OwningOpRef<ModuleOp> before = ModuleOp::create(kernel.getLoc());
    launch.emit(*before, name);
    return text(*before, true);
  };
  guardPhase(kernel.getContext(), "llvm", "--lower-to-llvm", again, [&] {
    if (failed(lowerToLlvm(*module))) return failure();
    code.module = translate(*module, *code.context);
    return success(code.module != nullptr);
  });
  return code;
}

llvm::orc::ThreadSafeModule moduleOf(KernelOp op, const LoweredLaunch& launch,
                                     const std::string& name) {
  Code code = generate(op, launch, name, nullptr);
  return {std::move(code.module), std::move(code.context)};
}

std::shared_ptr<const rt::Kernel> kernelOf(rt::CompiledCode code) {
  auto kernel = std::make_shared<rt::Kernel>();
  kernel->code = reinterpret_cast<rt::KernelCode>(code.address);
  kernel->keep_alive = std::move(code.keep_alive);
  return kernel;
}

rt::KernelKey keyFor(const std::string& target, StringRef key) {
  return rt::kernel_key((key + " for " + target).str());
}

// The kernel that Weft brings along, or one that is made now: always where its text is looked at.
std::shared_ptr<const rt::Kernel> make(KernelOp op, const LoweredLaunch& launch, bool texts,
                                       bool& compiled) {
  rt::require_runnable(rt::target());
  auto link = [](const char* symbol, std::string_view object) {
    return kernelOf(rt::jit::link(symbol, object));
  };
  if (!texts)
    if (auto kernel = rt::prebuilt::find(keyFor(rt::target().level, launch.key), link))
      return kernel;
  compiled = true;
  const std::string name = "weft_" + launch.name;
  return kernelOf(rt::jit::add(moduleOf(op, launch, name), name));
}

void describe(KernelOp op, const LoweredLaunch &launch, CodeTexts &texts) {
  std::string loops, assembly;
  Code code = generate(op, launch, "weft_" + launch.name, &loops);
  const rt::Target &target = rt::target();
  rt::optimize(*code.module, target);
  std::string ir;
  llvm::raw_string_ostream(ir) << *code.module;
  texts.loops.push_back(std::move(loops));
  texts.llvm.push_back(std::move(ir));
  texts.assembly.push_back(rt::assembly(*code.module, target));
}

// Gives every launch its kernel; the number of those that LLVM made.
int makeKernels(llvm::MutableArrayRef<LoweredKernel> kernels, CodeTexts *texts) {
  llvm::StringMap<std::vector<Wanted>> byKey;
  std::vector<std::string> keys;
  forEachWanted(kernels, [&](Wanted w) {
    if (texts) describe(w.op, *w.launch, *texts);
    auto &wanted = byKey[w.launch->key];
    if (wanted.empty()) keys.push_back(w.launch->key);
    wanted.push_back(w);
  });
  std::atomic<int> made{0};
  rt::parallel(static_cast<int64_t>(keys.size()), 1, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      std::vector<Wanted> &wanted = byKey[keys[i]];
      bool compiled = false;
      const LoweredLaunch& launch = *wanted[0].launch;
      auto kernel = rt::kernel_cache::find_or_make(
          keyOf(launch), [&] { return make(wanted[0].op, launch, texts, compiled); });
      made += compiled;
      for (Wanted &w : wanted) w.launch->kernel = named(*kernel, w.op, *w.launch);
    }
  });
  closeLoops(kernels);
  return made;
}

}  // namespace

std::shared_ptr<const rt::Kernel> named(const rt::Kernel& code, KernelOp op,
                                        const LoweredLaunch& launch) {
  auto kernel = std::make_shared<rt::Kernel>(code);
  kernel->name = launch.name;
  kernel->kind = launch.kind;
  kernel->source = sourceLines(op.getLoc());
  return kernel;
}

void closeLoops(llvm::MutableArrayRef<LoweredKernel> kernels) {
  for (LoweredKernel &k : kernels) {
    for (LoweredLaunch &l : k.lowered.launches) {
      if (!l.loop) continue;
      closeLoops(l.loop->kernels);
      auto loop = std::make_shared<rt::Loop>(l.loop->loop);
      loop->body = std::make_shared<rt::LaunchList>(planBuffers(l.loop->function, l.loop->kernels));
      l.kernel = rt::loop_kernel(l.name, loop);
      l.params = {rt::loop_parameter(*l.kernel)};
    }
  }
}

std::vector<LoweredKernel> loweredKernels(ModuleOp module, func::FuncOp main,
                                          Backend backend) {
  std::vector<LoweredKernel> kernels;
  guardPhase(module, "loops", "--loops", [&] {
    FailureOr<std::vector<LoweredKernel>> lowered = lowerKernels(main, backend);
    if (succeeded(lowered)) kernels = std::move(*lowered);
    return LogicalResult(lowered);
  });
  return kernels;
}

rt::KernelKey keyOf(const LoweredLaunch& launch) { return keyFor(rt::target().name, launch.key); }

OwningOpRef<ModuleOp> programOf(KernelOp kernel) {
  OpBuilder b(kernel.getContext());
  OwningOpRef<ModuleOp> module = ModuleOp::create(kernel.getLoc());
  b.setInsertionPointToEnd(module->getBody());
  auto type = b.getFunctionType(TypeRange(kernel->getOperands()), kernel->getResultTypes());
  Block *entry = b.create<func::FuncOp>(kernel.getLoc(), "main", type).addEntryBlock();
  IRMapping map;
  map.map(kernel->getOperands(), entry->getArguments());
  b.setInsertionPointToEnd(entry);
  b.create<func::ReturnOp>(kernel.getLoc(), b.clone(*kernel, map)->getResults());
  return module;
}

void addObjects(ModuleOp module, func::FuncOp main, std::vector<KernelObject>& objects) {
  std::vector<LoweredKernel> kernels = loweredKernels(module, main, Backend::cpu);
  forEachWanted(kernels, [&](Wanted w) {
    const rt::KernelKey key = keyOf(*w.launch);
    if (llvm::any_of(objects, [&](const KernelObject& o) { return o.key == key; })) return;
    const std::string name = "weft_" + w.launch->name;
    std::string symbol = "weft$" + llvm::utohexstr(key.high) + "_" + llvm::utohexstr(key.low);
    std::string bytes =
        rt::jit::compile(moduleOf(w.op, *w.launch, name), name, symbol, rt::target()).bytes;
    objects.push_back({key, std::move(symbol), std::move(bytes)});
  });
}

std::unique_ptr<rt::LaunchList> makeLaunchList(ModuleOp module, func::FuncOp main,
                                               rt::Executable::Summary& summary, CodeTexts* texts) {
  std::vector<LoweredKernel> kernels = loweredKernels(module, main, Backend::cpu);
  const auto start = std::chrono::steady_clock::now();
  summary.kernels_compiled = makeKernels(kernels, texts);
  summary.codegen_ms =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  rt::LaunchPlan plan = planBuffers(main, kernels);
  summary.kernels = static_cast<int>(plan.launches.size());
  summary.arena_bytes = plan.arena_bytes;
  auto list = std::make_unique<rt::LaunchList>(std::move(plan));
  summary.launches = list->summary.launches;
  return list;
}
}  // namespace mlir::weft
