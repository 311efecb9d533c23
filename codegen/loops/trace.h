/// Pulling: the node that holds one element of a value inside a kernel.
#pragma once
#include "codegen/loops/nest.h"
#include "llvm/ADT/DenseMap.h"

namespace mlir::weft {

class Trace {
 public:
  Trace(KernelOp kernel, Nest &nest) : kernel_(kernel), nest_(nest) {}
  /// The node for `value` at `index`, loads guarded by the bool node `mask` (-1: always). -1 after
  /// a diagnostic.
  int pull(Value value, const IndexVector &index, int mask = -1);
  /// What is not pulled but at hand, at one linear position: the result of a reduction (on its
  /// row), the accumulator of a contraction.
  void give(Value value, const Index &position, int node) { given_[value] = {position, node}; }
  /// An argument of a scan's body is `value`, a slice of it at `leading`.
  void bind(Value argument, Value value, IndexVector leading) {
    bound_[argument] = {value, std::move(leading)};
  }
  /// The node's number; symbols that its index speaks of get their nodes before it.
  int add(NestNode node);
  int compute(::torch::op::Op op, DType dtype, llvm::ArrayRef<int> operands);

 private:
  void resolveSymbols(const Index &index);
  int pullOp(Operation *op, unsigned result, const IndexVector &index, int mask);
  int pullArgument(BlockArgument argument, const IndexVector &index, int mask);
  int pullMovement(Operation *op, const IndexVector &index, int mask);
  int pullPointwise(Operation *op, const IndexVector &index, int mask);
  int pullGiven(Value value, const IndexVector &index);
  void know(Value value, const IndexVector &index, int mask, int node);
  int pullMaxPool(Operation *op, unsigned result, const IndexVector &index, int mask);
  int pullMaxPoolGrad(Operation *op, const IndexVector &index, int mask);
  int pullWindowSum(Operation *op, const IndexVector &index, int mask);
  using Values = llvm::SmallVector<int>;
  /// The values after all places of a window; `step` makes them anew from one place and those
  /// before.
  Values throughPlaces(Operation *op, const IndexVector &index, Values values,
                       llvm::function_ref<Values(Source &, llvm::ArrayRef<int>)> step);
  int both(int a, int b);  // -1: always
  int spatialPosition(llvm::ArrayRef<Index> index, llvm::ArrayRef<int64_t> sizes, size_t spatial);
  int guarded(llvm::ArrayRef<Guard> guards, int mask);
  int inside(const Guard &guard, int mask);
  int checked(Operation *op, llvm::ArrayRef<Index> index, int mask);
  int literal(DType dtype, double value);
  int lowest(DType dtype);

  struct Known {
    IndexVector index;
    int mask;
    int node;
  };
  KernelOp kernel_;
  Nest &nest_;
  llvm::DenseMap<Value, std::pair<Index, int>> given_;
  llvm::DenseMap<Value, std::pair<Value, IndexVector>> bound_;
  llvm::DenseMap<Value, std::vector<Known>> known_;
};
}  // namespace mlir::weft
