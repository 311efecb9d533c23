// The formulas of all elementwise ops, instantiated once for the emitter.
#include <type_traits>

#include "codegen/loops/lane.h"
#include "ir/op/formulas.h"

namespace torch::scalar {
Lane applyOp(op::Op which, op::DType dtype, llvm::ArrayRef<Lane> x) {
  if (which == op::Op::cast) return castLane(x[0], dtype);
  if (which == op::Op::select) return select(x[0], x[1], x[2]);  // moves bits
  if (op::is_half(x.back().dtype)) {
    llvm::SmallVector<Lane, 3> wide;
    for (const Lane& operand : x) wide.push_back(castLane(operand, op::computed_in(operand.dtype)));
    return castLane(applyOp(which, op::computed_in(dtype), wide), dtype);
  }
  if (which == op::Op::pow && !x[0].isFloat()) return pow_int(x[0], x[1]);
  Lane out;
  op::visit_formula(which, [&](auto body) {
    using Body = decltype(body);
    if constexpr (std::is_invocable_v<Body, const Lane &>) out = body(x[0]);
    else if constexpr (std::is_invocable_v<Body, const Lane&, const Lane&>) out = body(x[0], x[1]);
    else out = body(x[0], x[1], x[2]);
  });
  return out;
}
}  // namespace torch::scalar
