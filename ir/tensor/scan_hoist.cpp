// Gradients of captured values (weights) without adding to them in every step: the sum over steps
// of a^T b is one product with the steps as further rows, a sum of sums one sum. What is linear
// around them moves out as well.
#include "ir/interface/convert.h"
#include "ir/tensor/scan_gradient.h"

namespace mlir::weft {
namespace {
namespace attrs = ::torch::op::attrs;

// What a transposed matrix was; the value itself otherwise.
Value untransposed(Value value) {
  auto permute = value.getDefiningOp<PermuteOp>();
  return permute && permute.getPermutation() == ArrayRef<int64_t>({1, 0}) ? permute.getX() : value;
}

// The two leading dims into one.
Symbol mergeRows(const Symbol &x) {
  SmallVector<int64_t> sizes{x.size(0) * x.size(1)};
  llvm::append_range(sizes, x.sizes().drop_front(2));
  return reshape(x, sizes);
}

bool isMatrix(Value value) { return cast<RankedTensorType>(value.getType()).getRank() == 2; }
}  // namespace

bool ScanGradient::canHoist(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op || isForward(op)) return false;
  if (isa<AddOp>(op))
    return llvm::all_of(op->getOperands(),
                        [&](Value v) { return v.getType() == value.getType() && canHoist(v); });
  if (isa<NegOp, PermuteOp, ReshapeOp>(op)) return canHoist(op->getOperand(0));
  return isa<SumOp, ConvWeightGradOp>(op) || (isa<MatmulOp>(op) && isMatrix(value));
}

void ScanGradient::planStacks(Value value) {
  Operation *op = value.getDefiningOp();
  for (Value operand : op->getOperands()) {
    if (isa<MatmulOp>(op))
      wantStack(untransposed(operand));
    else if (isa<SumOp, ConvWeightGradOp>(op))
      wantStack(operand);
    else
      planStacks(operand);
  }
}

void ScanGradient::wantStack(Value value) {
  auto argument = dyn_cast<BlockArgument>(value);
  if (argument && isStacked(argument.getArgNumber())) {
    stacks_[value] = scan_.getOperand(argument.getArgNumber());
    return;
  }
  for (auto [j, dy] : dout_)
    if (dy == value) {
      stacks_[value] = dys_[j];
      return;
    }
  Operation *op = value.getDefiningOp();
  const bool forward = op ? isForward(op) && !isRemade(op) : argument.getArgNumber() < carried_;
  (forward ? kept_ : extra_).insert(value);
}

Symbol ScanGradient::total(Value value) {
  Operation *op = value.getDefiningOp();
  if (isa<AddOp>(op)) return total(op->getOperand(0)) + total(op->getOperand(1));
  if (isa<NegOp>(op)) return -total(op->getOperand(0));
  if (auto permuted = dyn_cast<PermuteOp>(op))
    return permute(total(permuted.getX()), permuted.getPermutation());
  if (auto reshaped = dyn_cast<ReshapeOp>(op))
    return reshape(total(reshaped.getX()), reshaped.getSizes());
  if (auto summed = dyn_cast<SumOp>(op)) {
    SmallVector<int64_t> dims{0};
    for (int64_t d : summed.getDims()) dims.push_back(d + 1);
    return sum(stack(summed.getX()), dims);
  }
  if (auto grad = dyn_cast<ConvWeightGradOp>(op))
    return apply(::torch::op::Op::conv_weight_grad,
                 {mergeRows(stack(grad.getA())), mergeRows(stack(grad.getB()))}, packAttrs(op));
  auto product = cast<MatmulOp>(op);
  const Value a = product.getA(), b = product.getB();
  const Symbol left = untransposed(a) != a ? mergeRows(stack(untransposed(a)))
                                           : mergeRows(permute(stack(a), {0, 2, 1}));
  const Symbol right = untransposed(b) != b ? mergeRows(permute(stack(untransposed(b)), {0, 2, 1}))
                                            : mergeRows(stack(b));
  return matmul(transpose(left), right);
}

}  // namespace mlir::weft
