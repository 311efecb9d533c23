/// The stages of a reduction: each is one loop over the reduced run, which computes the reductions
/// whose operands are known by then and stores the elements that are.
#pragma once
#include "codegen/loops/nest.h"
#include "llvm/ADT/DenseSet.h"

namespace mlir::weft {

struct Stage {
  llvm::SmallVector<int> reductions, stores;  // nodes, outputs
};
std::vector<Stage> stages(const Nest &nest);
/// The nodes along the reduced run that a stage computes.
llvm::SmallDenseSet<int> neededBy(const Nest &nest, const Stage &stage);
/// What costs much and is needed again in a later stage stays in scratch: the exponentials of a
/// softmax.
llvm::SmallVector<int> chooseKept(const Nest &nest);
}  // namespace mlir::weft
