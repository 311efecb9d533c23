// Checks of values: whole vectors are compared; where one lane is wrong, every such
// lane is reported.
#include "codegen/loops/emitter.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace mlir::weft {
namespace scalar = ::torch::scalar;
namespace {
constexpr const char *kIndexError = "weft_index_error", *kDivisionError = "weft_division_error",
                     *kRequirementError = "weft_requirement_error";

void callReport(OpBuilder &b, Location loc, StringRef name, ValueRange arguments) {
  auto module = b.getInsertionBlock()->getParent()->getParentOfType<ModuleOp>();
  if (!module.lookupSymbol(name)) {
    OpBuilder top = OpBuilder::atBlockBegin(module.getBody());
    auto type = b.getFunctionType(arguments.getTypes(), {});
    top.create<func::FuncOp>(module.getLoc(), name, type).setPrivate();
  }
  b.create<func::CallOp>(loc, name, TypeRange(), arguments);
}
}  // namespace

void Emitter::check(int number, Level &level) {
  const NestCheck &c = nest.checks[number];
  OpBuilder::InsertionGuard guard(b);
  Lane x = get(c.node, level);
  at(level);
  const Value errors = buffers_[nest.arguments.size() + nest.outputs.size()];
  auto wide = [&](Value index) {
    return b.create<arith::IndexCastOp>(loc(), b.getI64Type(), index).getResult();
  };
  auto whole = [&](int64_t v) {
    return b.create<arith::ConstantOp>(loc(), b.getI64IntegerAttr(v)).getResult();
  };
  // The bits of a number as i64 or f64.
  auto widest = [&](Value v, DType dtype) {
    const bool isFloat = ::torch::op::is_float(dtype);
    Lane wide = scalar::castLane({&emission, v, dtype}, isFloat ? DType::Double : DType::Long);
    return isFloat ? b.create<arith::BitcastOp>(loc(), b.getI64Type(), wide.v).getResult() : wide.v;
  };
  // `value`: the index, or what something is required of.
  auto report = [&](Value position, Value value) {
    llvm::SmallVector<Value> arguments{errors, whole(number), position};
    switch (c.kind) {
      case NestCheck::divisor: return callReport(b, loc(), kDivisionError, arguments);
      case NestCheck::index:
        arguments.append({value, wide(this->number(c.size)), whole(c.dim)});
        return callReport(b, loc(), kIndexError, arguments);
      case NestCheck::required: {
        const DType dtype = nest.nodes[c.value].dtype;
        const bool isFloat = ::torch::op::is_float(dtype);
        arguments.append({widest(value, dtype), whole(isFloat), whole(c.what)});
        return callReport(b, loc(), kRequirementError, arguments);
      }
    }
  };
  Lane value = x;
  Value bad;
  if (c.kind == NestCheck::divisor) {
    bad = (x == scalar::constant(x, 0)).v;
  } else if (c.kind == NestCheck::required) {
    value = get(c.value, level);
    at(level);
    bad = (!x).v;
  } else {
    x = scalar::castLane(x, DType::Long);
    Lane size = scalar::splatLike({&emission, wide(this->number(c.size)), DType::Long}, x);
    bad = b.create<arith::CmpIOp>(loc(), arith::CmpIPredicate::uge, x.v, size.v);
    value = x;
  }
  auto valueOf = [&](Value lane) {
    if (!value.vectorType()) return value.v;
    return b.create<vector::ExtractElementOp>(loc(), value.v, lane).getResult();
  };
  if (!x.vectorType()) {
    auto branch = b.create<scf::IfOp>(loc(), bad);
    b.setInsertionPoint(branch.thenYield());
    return report(wide(indexAt(c.position, level)), valueOf(constantIndex(0)));
  }
  if (level.mask) bad = b.create<arith::AndIOp>(loc(), bad, level.mask);
  Value any = b.create<vector::ReductionOp>(loc(), vector::CombiningKind::OR, bad);
  auto branch = b.create<scf::IfOp>(loc(), any);
  b.setInsertionPoint(branch.thenYield());
  Value positions = indexLanes(c.position, level);
  auto loop = b.create<scf::ForOp>(loc(), constantIndex(0), constantIndex(lanes), constantIndex(1));
  b.setInsertionPoint(loop.getBody()->getTerminator());
  Value lane = loop.getInductionVar();
  auto one = b.create<scf::IfOp>(loc(), b.create<vector::ExtractElementOp>(loc(), bad, lane));
  b.setInsertionPoint(one.thenYield());
  Value position = b.create<vector::ExtractElementOp>(loc(), positions, lane);
  if (!position.getType().isInteger(64))
    position = b.create<arith::ExtSIOp>(loc(), b.getI64Type(), position);
  report(position, valueOf(lane));
}
}  // namespace mlir::weft
