/// Launches of all kernels -> jobs. Launches that do not depend on each other stand beside each
/// other in one job of the thread pool, if that is worth it: together they have work for more than
/// one thread, none of them has enough for all threads alone, and temporaries take hardly more
/// memory than one after the other. Whatever the kernels are: updates of many parameters, gradients
/// of a layer's input, weight and bias, layers of several towers.
#pragma once
#include "codegen/compile/lowering.h"

namespace mlir::weft {

struct ScheduledLaunch {
  size_t kernel;
  unsigned launch;
};
using Job = llvm::SmallVector<ScheduledLaunch, 2>;

/// The jobs, in order: a launch comes after what it reads, and after the launches of its kernel
/// before it. A kernel that may replace an input (a parameter's update) comes after those who read
/// that, where it can.
std::vector<Job> schedule(func::FuncOp function, llvm::ArrayRef<LoweredKernel> kernels);
/// Indices are checked, by kernels of their own or in the body of a loop.
bool canFail(KernelOp kernel);
/// What a block takes of the arena.
size_t arenaBytes(size_t bytes);
}  // namespace mlir::weft
