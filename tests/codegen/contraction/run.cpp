#include "tests/codegen/contraction/run.h"

#include <chrono>
#include <stdexcept>

#include "codegen/cpu/lower.h"
#include "llvm/ExecutionEngine/Orc/ThreadSafeModule.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/raw_ostream.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Verifier.h"
#include "runtime/cpu/target.h"
#include "runtime/cpu/thread_pool.h"
#include "runtime/executable/scratch.h"

namespace mlir::weft::contraction {
namespace runtime = ::torch::runtime;
namespace {
double now() {
  return std::chrono::duration<double, std::milli>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}
}  // namespace

Compiler::Compiler(const runtime::Target& target) : target_(target) {
  context_.disableMultithreading();
  loadLoopDialects(&context_);
}

runtime::KernelCode Compiler::kernel(const Launch& launch) {
  runtime::CompiledCode& code = kernels_[launch.key];
  if (code.address) return reinterpret_cast<runtime::KernelCode>(code.address);
  auto module = OwningOpRef<ModuleOp>(ModuleOp::create(UnknownLoc::get(&context_)));
  double t0 = now();
  launch.emit(*module, launch.name);
  if (failed(verify(*module))) throw std::runtime_error(launch.key + ": loop form is invalid");
  if (keepText) llvm::raw_string_ostream(loopForm) << *module;
  double t1 = now();
  if (failed(lowerToLlvm(*module))) throw std::runtime_error(launch.key + ": lowering failed");
  auto llvmContext = std::make_unique<llvm::LLVMContext>();
  auto llvmModule = translate(*module, *llvmContext);
  if (!llvmModule) throw std::runtime_error(launch.key + ": translation failed");
  double t2 = now();
  if (keepText) {
    runtime::optimize(*llvmModule, target_);
    assembly += runtime::assembly(*llvmModule, target_);
  }
  code =
      runtime::jit::add(llvm::orc::ThreadSafeModule(std::move(llvmModule), std::move(llvmContext)),
                        launch.name, target_);
  ++compiled;
  emitMs += t1 - t0;
  lowerMs += t2 - t1;
  optimizeMs += code.optimize_ms;
  codegenMs += code.codegen_ms + code.link_ms;
  return reinterpret_cast<runtime::KernelCode>(code.address);
}

Runner::Runner(Compiler& compiler, Plan plan) : plan_(std::move(plan)) {
  for (const Launch& launch : plan_.launches) code_.push_back(compiler.kernel(launch));
  // Not zeros: kernels must not rely on what temporaries hold.
  for (int64_t bytes : plan_.temporaryBytes) temporaries_.emplace_back(bytes + 64, char(0xff));
}

void Runner::run(void* a, void* b, void* result) {
  for (size_t i = 0; i < plan_.launches.size(); ++i) {
    const Launch& launch = plan_.launches[i];
    void* buffers[16];
    size_t n = 0;
    for (const BufferUse& use : launch.buffers) {
      uintptr_t temporary = use.from == BufferUse::temporary
                                ? reinterpret_cast<uintptr_t>(temporaries_[use.index].data())
                                : 0;
      buffers[n++] = use.from == BufferUse::sourceA   ? a
                     : use.from == BufferUse::sourceB ? b
                     : use.from == BufferUse::epilogue
                         ? result
                         : reinterpret_cast<void*>((temporary + 63) & ~uintptr_t(63));
    }
    auto work = [&](int64_t begin, int64_t end) {
      code_[i](buffers, launch.params.data(), begin, end,
               runtime::thread_scratch(launch.scratchBytes));
    };
    if (launch.tasks <= launch.grain) work(0, launch.tasks);
    else runtime::parallel(launch.tasks, launch.grain, work);
  }
}
}  // namespace mlir::weft::contraction
