/// What launches for the CPU and for a GPU share in coming to their kernels.
#pragma once
#include "codegen/compile/kernels.h"

namespace mlir::weft {

struct Wanted {
  KernelOp op;
  LoweredLaunch* launch;
};

/// Launches without a kernel, those in the bodies of loops too.
template <class F> void forEachWanted(llvm::MutableArrayRef<LoweredKernel> kernels, F&& visit) {
  for (LoweredKernel& k : kernels) {
    for (LoweredLaunch& l : k.lowered.launches) {
      if (l.loop) forEachWanted(l.loop->kernels, visit);
      else if (!l.kernel) visit(Wanted{k.op, &l});
      if (l.tail) visit(Wanted{k.op, l.tail.get()});
    }
  }
}

std::vector<LoweredKernel> loweredKernels(ModuleOp module, func::FuncOp main, Backend backend);
/// What was compiled may serve many launches, each with a name and lines of its own.
std::shared_ptr<const ::torch::runtime::Kernel> named(const ::torch::runtime::Kernel& code,
                                                      KernelOp op, const LoweredLaunch& launch);
/// The launches in the loops' bodies have their kernels.
void closeLoops(llvm::MutableArrayRef<LoweredKernel> kernels);
}  // namespace mlir::weft
