/// Launches of one nest, on either backend; what kernels that are made of nests are lowered with.
#pragma once
#include "codegen/compile/lowering.h"
#include "codegen/loops/nest.h"

namespace mlir::weft {

struct Traced {
  // outlives the lowering: its code is made later, if nobody has made it before
  std::shared_ptr<Nest> nest;
  llvm::SmallVector<unsigned> operands;  // of the kernel, that are its arguments
};
/// A traced nest, ready for its loops.
FailureOr<Traced> finished(KernelOp kernel, FailureOr<Nest> nest, Backend backend);
/// What a map may write over (mayLieOver).
void findInPlace(const Traced& traced, Lowered& lowered);

/// Launches of the nest, on all of the CPU's threads or on a GPU.
void addLaunches(KernelOp kernel, const Traced& traced, Lowered& lowered, Backend backend);
/// On so many threads of the CPU.
void addCpuLaunches(KernelOp kernel, const Traced& traced, Lowered& lowered, int threads);
/// `more`: buffers that the nest's plan takes besides (codegen/cuda/nest/nest.h).
void addCudaLaunches(KernelOp kernel, const Traced& traced, Lowered& lowered,
                     llvm::ArrayRef<LocalBuffer> more = {});

/// Buffers of a part of a kernel, as the kernel's; no `operands`: they are.
void rename(Lowered& part, llvm::ArrayRef<LocalBuffer> operands,
            llvm::ArrayRef<LocalBuffer> results);
}  // namespace mlir::weft
