#include "passes/autodiff/autodiff.h"

#include "ir/interface/emit.h"
#include "ir/tensor/differentiate.h"
#include "ir/tensor/ops.h"

namespace mlir::weft {
#define GEN_PASS_DEF_AUTODIFF
#include "passes/autodiff/autodiff.h.inc"

namespace {
// The first in program order, inside of bodies before their owner: what it differentiates holds no
// other.
GradOp firstGrad(func::FuncOp function) {
  GradOp first;
  function.walk<WalkOrder::PostOrder>([&](GradOp grad) {
    first = grad;
    return WalkResult::interrupt();
  });
  return first;
}

LogicalResult expand(GradOp grad) {
  const int64_t n = grad.getNumOutputs();
  ValueRange values = grad.getValues();
  OpBuilder builder(grad);
  FailureOr<SmallVector<Value>> gradients =
      differentiate(builder, values.take_front(n), values.slice(n, n), values.drop_front(2 * n),
                    grad.getCut());
  if (failed(gradients)) return failure();
  if (grad->hasAttr(noGradAttr))
    for (Value &gradient : *gradients)
      gradient = emitValue(builder, grad.getLoc(), ::torch::op::Op::detach, {gradient});
  grad->replaceAllUsesWith(*gradients);
  grad.erase();
  return success();
}

struct Autodiff : impl::AutodiffBase<Autodiff> {
  void runOnOperation() override {
    while (GradOp grad = firstGrad(getOperation()))
      if (failed(expand(grad))) return signalPassFailure();
    getOperation().walk([](Operation *op) { op->removeDiscardableAttr(noGradAttr); });
  }
};
}  // namespace

void buildAutodiff(OpPassManager &pm) { pm.addNestedPass<func::FuncOp>(createAutodiff()); }

}  // namespace mlir::weft
