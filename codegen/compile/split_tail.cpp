#include "codegen/compile/split_tail.h"

#include "codegen/compile/kernel_parts.h"
#include "ir/interface/convert.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "passes/fusion/kinds.h"

namespace mlir::weft {
namespace {
int64_t numel(Value v) { return cast<RankedTensorType>(v.getType()).getNumElements(); }

class Splitter {
 public:
  explicit Splitter(KernelOp kernel) : kernel_(kernel), block_(kernel.getBody().front()) {
    // A tail runs over one row, what it waits for has several.
    for (Operation &op : block_)
      if (isReduction(&op) && shape_.rows() == 1) shape_ = reductionShape(&op);
    for (Operation &op : block_.without_terminator())
      if ((isReduction(&op) && !(reductionShape(&op) == shape_)) ||
          llvm::any_of(op.getOperands(), [&](Value v) { return waits(v); }))
        waiting_.insert(&op);
  }

  std::optional<SplitKernel> run() {
    ValueRange yields = block_.getTerminator()->getOperands();
    if (shape_.rows() == 1 || llvm::none_of(yields, [&](Value v) { return isLast(v); }))
      return std::nullopt;
    SplitKernel split;
    llvm::SetVector<Value> main;
    for (auto [i, v] : llvm::enumerate(yields)) {
      if (isLast(v)) {
        tailYields_.push_back(v);
        split.tailResults.push_back({LocalBuffer::result, static_cast<unsigned>(i)});
        needInTail(v);
      } else {
        main.insert(v);
        split.mainResults.push_back({LocalBuffer::result, static_cast<unsigned>(i)});
      }
    }
    for (Value v : crossing_) {
      if (isa<BlockArgument>(v) || !main.insert(v)) continue;
      split.mainResults.push_back(
          {LocalBuffer::temporary, static_cast<unsigned>(split.temporaryBytes.size())});
      split.temporaryBytes.push_back(toType(v.getType()).bytes());
    }
    for (Value v : main) needInMain(v);
    for (auto check : block_.getOps<CheckIndexOp>()) {
      mainOps_.insert(check);
      needInMain(check.getIndex());
    }
    build(split, main.takeVector());
    return split;
  }

 private:
  bool waits(Value v) const { return v.getDefiningOp() && waiting_.contains(v.getDefiningOp()); }
  bool isLast(Value v) const {
    return waits(v) ||
           (numel(v) != shape_.rows() && numel(v) != shape_.rows() * shape_.reduced());
  }
  void needInTail(Value v) {
    Operation *op = v.getDefiningOp();
    if (!op || !(waits(v) || numel(v) == 1)) {
      crossing_.insert(v);
    } else if (tailOps_.insert(op).second) {
      for (Value o : op->getOperands()) needInTail(o);
    }
  }
  void needInMain(Value v) {
    Operation *op = v.getDefiningOp();
    if (op && mainOps_.insert(op).second)
      for (Value o : op->getOperands()) needInMain(o);
  }

  void build(SplitKernel &split, llvm::ArrayRef<Value> main) {
    KernelParts parts(kernel_);
    const llvm::SmallVector<Value> entry(parts.operands());
    llvm::SmallVector<Value> arguments(block_.getArguments());
    split.main = parts.add("reduction", arguments, entry, mainOps_, main);
    llvm::SmallVector<Value> inside(crossing_.begin(), crossing_.end()), operands;
    for (Value v : inside) {
      if (auto argument = dyn_cast<BlockArgument>(v)) {
        operands.push_back(entry[argument.getArgNumber()]);
        split.tailOperands.push_back({LocalBuffer::operand, argument.getArgNumber()});
      } else {
        const auto at = llvm::find(main, v) - main.begin();
        operands.push_back(split.main.getResult(at));
        split.tailOperands.push_back(split.mainResults[at]);
      }
    }
    const bool reduces = llvm::any_of(tailOps_, isReduction);
    split.tail = parts.add(reduces ? "reduction" : "map", inside, operands, tailOps_, tailYields_);
    for (auto [v, at] : llvm::zip(split.main->getResults(), split.mainResults))
      if (at.kind == LocalBuffer::result) parts.place(v, at.index);
    for (auto [v, at] : llvm::zip(split.tail->getResults(), split.tailResults))
      parts.place(v, at.index);
    split.holder = parts.finish();
  }

  KernelOp kernel_;
  Block &block_;
  ReductionShape shape_;  // of the rows
  llvm::SmallPtrSet<Operation *, 16> waiting_, mainOps_, tailOps_;
  llvm::SmallVector<Value> tailYields_;
  llvm::SetVector<Value> crossing_;
};
}  // namespace

std::optional<SplitKernel> splitTail(KernelOp kernel) {
  if (kernel.getKind() != "reduction") return std::nullopt;
  return Splitter(kernel).run();
}
}  // namespace mlir::weft
