#include "tools/weft_opt/codegen.h"

#include "codegen/compile/lowering.h"
#include "codegen/cpu/lower.h"
#include "ir/print/passes.h"
#include "ir/interface/emit.h"
#include "ir/tensor/dialect.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Index/IR/IndexDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"

namespace mlir::weft {
#define GEN_PASS_DECL
#define GEN_PASS_DEF_CUDA
#define GEN_PASS_DEF_LOOPS
#define GEN_PASS_DEF_LOWERTOLLVM
#define GEN_PASS_REGISTRATION
#include "tools/weft_opt/codegen.h.inc"
namespace {

struct Loops : impl::LoopsBase<Loops> {
  using LoopsBase::LoopsBase;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    OwningOpRef<ModuleOp> loops = ModuleOp::create(module.getLoc());
    keys_.clear();
    for (auto function : module.getOps<func::FuncOp>())
      for (auto kernel : function.getOps<KernelOp>())
        if (failed(lower(kernel, *loops))) return signalPassFailure();
    module.getBody()->clear();
    module.getBody()->getOperations().splice(module.getBody()->end(),
                                             loops->getBody()->getOperations());
  }

 private:
  LogicalResult lower(KernelOp kernel, ModuleOp to) try {
    FailureOr<Lowered> lowered = lowerKernel(kernel, Backend::cpu);
    if (failed(lowered)) return failure();
    emit(kernel, *lowered, to);
    return success();
  } catch (const RuleError &error) {
    return kernel.emitError("internal error in phase loops: ") << error.what();
  }

  void emit(KernelOp kernel, const Lowered &lowered, ModuleOp to) {
    for (const LoweredLaunch &launch : lowered.launches) {
      if (launch.loop)
        for (const LoweredKernel &inner : launch.loop->kernels) emit(inner.op, inner.lowered, to);
      emit(kernel, launch, to);
      if (launch.tail) emit(kernel, *launch.tail, to);
    }
  }

  void emit(KernelOp kernel, const LoweredLaunch &launch, ModuleOp to) {
    if (!launch.emit || !keys_.insert(launch.key).second) return;
    OwningOpRef<ModuleOp> one = ModuleOp::create(kernel.getLoc());
    launch.emit(*one, freeName(to, "weft_" + launch.name));
    for (auto f : llvm::make_early_inc_range(one->getOps<func::FuncOp>())) {
      // declared by an earlier kernel
      if (f.isExternal() && to.lookupSymbol(f.getName())) continue;
      if (f.isPublic()) note(f, launch);
      f->moveBefore(to.getBody(), to.getBody()->end());
    }
  }

  static std::string freeName(ModuleOp module, std::string name) {
    std::string free = name;
    for (int n = 2; module.lookupSymbol(free); ++n) free = name + "_" + std::to_string(n);
    return free;
  }

  static void note(func::FuncOp f, const LoweredLaunch &launch) {
    Builder b(f.getContext());
    f->setAttr("weft.launch", b.getDictionaryAttr({
                                  b.getNamedAttr("kind", b.getStringAttr(launch.kind)),
                                  b.getNamedAttr("tasks", b.getI64IntegerAttr(launch.tasks)),
                                  b.getNamedAttr("grain", b.getI64IntegerAttr(launch.grain)),
                                  b.getNamedAttr("params", b.getDenseI64ArrayAttr(launch.params)),
                              }));
  }

  llvm::StringSet<> keys_;
};

struct Cuda : impl::CudaBase<Cuda> {
  using CudaBase::CudaBase;

  void runOnOperation() override {
    std::vector<LoweredKernel> kernels;
    for (auto function : getOperation().getOps<func::FuncOp>())
      for (auto kernel : function.getOps<KernelOp>())
        if (failed(lower(kernel, kernels))) return signalPassFailure();
    count(kernels);
    std::string text;
    if (failed(write(kernels, text)) || failed(writeFile(getOperation(), file, text)))
      signalPassFailure();
  }

 private:
  LogicalResult lower(KernelOp kernel, std::vector<LoweredKernel>& kernels) try {
    FailureOr<Lowered> lowered = lowerKernel(kernel, Backend::cuda);
    if (succeeded(lowered)) kernels.push_back({kernel, std::move(*lowered)});
    return LogicalResult(lowered);
  } catch (const RuleError& error) {
    return kernel.emitError("internal error in phase cuda: ") << error.what();
  }
  void count(llvm::ArrayRef<LoweredKernel> kernels) {
    for (const LoweredKernel& k : kernels)
      for (const LoweredLaunch& l : k.lowered.launches) {
        ++launches_[l.key];
        if (l.loop) count(l.loop->kernels);
      }
  }
  LogicalResult write(llvm::ArrayRef<LoweredKernel> kernels, std::string& text) {
    for (const LoweredKernel& k : kernels) {
      for (const LoweredLaunch& l : k.lowered.launches) {
        if (l.loop && failed(write(l.loop->kernels, text))) return failure();
        if (l.write && keys_.insert(l.key).second && failed(write(k.op, l, text)))
          return failure();
      }
    }
    return success();
  }
  LogicalResult write(KernelOp kernel, const LoweredLaunch& launch, std::string& text) {
    std::string name = "weft_" + launch.name;
    if (const int n = names_[name]++) name += "_" + std::to_string(n + 1);
    FailureOr<cuda::Text> code = launch.write(name, launches_.lookup(launch.key) > 1);
    if (failed(code)) return failure();
    text += "// " + sourceLines(kernel.getLoc()) + "\n// " + launch.kind + ": " +
            std::to_string(launch.tasks) + " blocks of " + std::to_string(launch.threads) +
            " threads, " + std::to_string(code->sharedBytes) + " bytes shared; parameters";
    for (int64_t p : launch.params) text += " " + std::to_string(p);
    text += "\n" + code->code + "\n";
    return success();
  }
  llvm::StringMap<int> launches_;
  llvm::StringSet<> keys_;
  llvm::StringMap<int> names_;
};

struct LowerToLlvm : impl::LowerToLlvmBase<LowerToLlvm> {
  using LowerToLlvmBase::LowerToLlvmBase;
  void runOnOperation() override {
    llvm::LLVMContext context;
    if (failed(lowerToLlvm(getOperation())) || !translate(getOperation(), context))
      signalPassFailure();
  }
};
}  // namespace
}  // namespace mlir::weft

void register_codegen_passes(mlir::DialectRegistry& registry) {
  mlir::weft::registerCodegenPasses();
  mlir::registerBuiltinDialectTranslation(registry);
  mlir::registerLLVMDialectTranslation(registry);
}
