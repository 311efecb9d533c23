#include "passes/fusion/widen_halves.h"

#include "ir/interface/convert.h"
#include "ir/interface/symbol.h"
#include "passes/fusion/cost.h"
#include "passes/fusion/kinds.h"

namespace mlir::weft {
namespace {
bool isHalf(Type type) {
  return ::torch::op::is_half(toDType(cast<RankedTensorType>(type).getElementType()));
}

void widen(Operation *op) {
  OpBuilder b(op);
  for (OpOperand &operand : op->getOpOperands())
    if (isHalf(operand.get().getType()))
      operand.set(convert(Symbol(b, op->getLoc(), operand.get()), b.getF32Type()));
  b.setInsertionPointAfter(op);
  for (OpResult result : op->getResults()) {
    auto type = cast<RankedTensorType>(result.getType());
    if (!isHalf(type)) continue;
    result.setType(RankedTensorType::get(type.getShape(), b.getF32Type()));
    Value narrow = convert(Symbol(b, op->getLoc(), result), type.getElementType());
    result.replaceAllUsesExcept(narrow, narrow.getDefiningOp());
  }
}
}  // namespace

void widenHalves(func::FuncOp func) {
  llvm::SmallVector<Operation *> found;
  func.walk([&](Operation *op) {
    bool combines = isReduction(op) || isContraction(op) || isWindow(op) ||
                    (isScatter(op) && !isa<ScatterOp>(op));
    if (combines && llvm::any_of(op->getOperandTypes(), isHalf)) found.push_back(op);
  });
  for (Operation *op : found) widen(op);
}
}  // namespace mlir::weft
