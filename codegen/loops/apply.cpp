// The formulas of all elementwise ops, instantiated once for the emitter.
#include <type_traits>

#include "codegen/loops/lane.h"
#include "ir/op/cost.h"
#include "ir/op/formulas.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace torch::scalar {
namespace {
Lane formula(op::Op which, llvm::ArrayRef<Lane> x) {
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

// A function of the module, named by op and type ("weft_exp_float"), with the formula in it.
Lane outlined(op::Op which, op::DType dtype, llvm::ArrayRef<Lane> x) {
  using namespace mlir;
  OpBuilder& b = *x[0].e->b;
  const Location loc = x[0].e->loc;
  auto module = b.getInsertionBlock()->getParent()->getParentOfType<ModuleOp>();
  const std::string name =
      std::string("weft_") + op::name(which) + "_" + op::find_dtype(x.back().dtype)->ir_name;
  llvm::SmallVector<mlir::Value> operands;
  for (const Lane& operand : x) operands.push_back(operand.v);
  if (!module.lookupSymbol(name)) {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(module.getBody());
    const Type result = elementType(b.getContext(), dtype);
    auto function = b.create<func::FuncOp>(
        loc, name, b.getFunctionType(ValueRange(operands).getTypes(), result));
    function.setPrivate();
    b.setInsertionPointToStart(function.addEntryBlock());
    llvm::SmallVector<Lane, 3> arguments;
    for (auto [operand, v] : llvm::zip(x, function.getArguments()))
      arguments.push_back({operand.e, v, operand.dtype});
    const Lane value = formula(which, arguments);
    b.create<func::ReturnOp>(loc, value.v);
  }
  const mlir::Value value =
      b.create<func::CallOp>(loc, name, elementType(b.getContext(), dtype), operands).getResult(0);
  return {x[0].e, value, dtype};
}
}  // namespace

Lane applyOp(op::Op which, op::DType dtype, llvm::ArrayRef<Lane> x) {
  if (which == op::Op::cast) return castLane(x[0], dtype);
  if (which == op::Op::select) return select(x[0], x[1], x[2]);  // moves bits
  if (op::is_half(x.back().dtype)) {
    llvm::SmallVector<Lane, 3> wide;
    for (const Lane& operand : x) wide.push_back(castLane(operand, op::computed_in(operand.dtype)));
    return castLane(applyOp(which, op::computed_in(dtype), wide), dtype);
  }
  if (x[0].e->outlines && op::is_costly(which)) return outlined(which, dtype, x);
  return formula(which, x);
}
}  // namespace torch::scalar
