#include "ir/tensor/constants.h"

#include "ir/interface/convert.h"
#include "ir/tensor/ops.h"

namespace mlir::weft {

std::optional<::torch::op::Literal> splatConstant(Value value) {
  while (Operation *op = value.getDefiningOp()) {
    if (auto constant = dyn_cast<ConstantOp>(op)) return toLiteral(constant.getValue());
    if (!isa<ReshapeOp, PermuteOp, ExpandOp, FlipOp, SliceOp>(op)) return std::nullopt;
    value = op->getOperand(0);
  }
  return std::nullopt;
}

std::optional<int64_t> integerConstant(Value value) {
  const auto literal = splatConstant(value);
  if (!literal || ::torch::op::is_float(literal->dtype)) return std::nullopt;
  return literal->as_int();
}

bool isZero(Value value) {
  const auto literal = splatConstant(value);
  return literal && literal->bits == 0;
}

}  // namespace mlir::weft
