#include "passes/fusion/checks.h"

#include "ir/interface/convert.h"
#include "ir/tensor/ops.h"
#include "llvm/ADT/TypeSwitch.h"

namespace mlir::weft {
namespace {
llvm::ArrayRef<int64_t> sizesOf(Value v) { return cast<RankedTensorType>(v.getType()).getShape(); }

// What must be in [0, size), being an index into dim `dim`.
struct Indices {
  Value index;
  int64_t size, dim;
};

void addStarts(ValueRange starts, Value whole, llvm::ArrayRef<int64_t> sizes,
               llvm::ArrayRef<int64_t> steps, llvm::SmallVectorImpl<Indices>& checks) {
  for (auto [i, start] : llvm::enumerate(starts)) {
    int64_t span = sizes[i] ? (sizes[i] - 1) * steps[i] + 1 : 0;
    checks.push_back({start, sizesOf(whole)[i] - span + 1, static_cast<int64_t>(i)});
  }
}

llvm::SmallVector<Indices> indicesOf(Operation *op) {
  llvm::SmallVector<Indices> checks;
  auto add = [&](Value x, Value index, int64_t dim) {
    checks.push_back({index, sizesOf(x)[dim], dim});
  };
  llvm::TypeSwitch<Operation*>(op)
      .Case<GatherOp, IndexSelectOp, ScatterOp, ScatterAddOp, ScatterMulOp, ScatterMaxOp,
            ScatterMinOp, IndexAddOp>(
          [&](auto o) { add(o.getX(), o.getIndex(), o.getDim()); })
      .Case([&](SliceOp o) {
        addStarts(o.getStarts(), o.getX(), o.getSizes(), o.getSteps(), checks);
      })
      .Case([&](InsertOp o) {
        addStarts(o.getStarts(), o.getX(), sizesOf(o.getUpdate()), o.getSteps(), checks);
      });
  return checks;
}

std::optional<llvm::APInt> integerOf(Value v) {
  auto constant = v.getDefiningOp<ConstantOp>();
  auto value = constant ? dyn_cast<IntegerAttr>(constant.getValue()) : IntegerAttr();
  return value ? std::optional(value.getValue()) : std::nullopt;
}

// `ok` is (x >= a) & (x < b) with constants: [a, b).
std::optional<std::pair<int64_t, int64_t>> rangeSaid(Value ok, Value x) {
  auto both = ok.getDefiningOp<BitwiseAndOp>();
  auto above = both ? both.getA().getDefiningOp<GeOp>() : GeOp();
  auto below = both ? both.getB().getDefiningOp<LtOp>() : LtOp();
  if (!above || !below || above.getA() != x || below.getA() != x) return std::nullopt;
  std::optional<llvm::APInt> low = integerOf(above.getB()), high = integerOf(below.getB());
  if (!low || !high) return std::nullopt;
  return std::pair(low->getSExtValue(), high->getSExtValue());
}
bool saysWithin(Value ok, Value x, int64_t size) {
  auto range = rangeSaid(ok, x);
  return range && range->first >= 0 && range->second <= size;
}

// The values are in [0, size) whatever the inputs are.
bool isWithin(Value v, int64_t size) {
  Operation *op = v.getDefiningOp();
  if (cast<RankedTensorType>(v.getType()).getNumElements() == 0) return true;
  if (!op) return false;
  auto isConstantWithin = [](Value c, int64_t low, int64_t high) {
    auto constant = c.getDefiningOp<ConstantOp>();
    if (!constant) return false;
    auto value = dyn_cast<IntegerAttr>(constant.getValue());
    return value && value.getValue().sge(low) && value.getValue().sle(high);
  };
  return llvm::TypeSwitch<Operation*, bool>(op)
      .Case([&](ConstantOp) { return isConstantWithin(v, 0, size - 1); })
      .Case([&](IotaOp o) { return sizesOf(v)[o.getDim()] <= size; })
      .Case<ArgmaxOp, ArgminOp>([&](auto o) { return sizesOf(o.getX())[o.getDim()] <= size; })
      .Case([&](RemainderOp o) { return isConstantWithin(o.getB(), 1, size); })
      .Case([&](RequireOp o) {
        return saysWithin(o.getOk(), o.getX(), size) || isWithin(o.getX(), size);
      })
      .Case<ReshapeOp, PermuteOp, ExpandOp, FlipOp, SliceOp, GatherOp, IndexSelectOp>(
          [&](auto o) { return isWithin(o.getX(), size); })
      .Case([&](ConcatOp o) {
        return llvm::all_of(o.getXs(), [&](Value x) { return isWithin(x, size); });
      })
      .Default(false);
}

// What must not be 0; null: nothing.
Value divisorOf(Operation *op) {
  if (!isa<DivOp, FmodOp, RemainderOp>(op)) return {};
  Value divisor = op->getOperand(1);
  bool isInteger = isa<IntegerType>(cast<RankedTensorType>(divisor.getType()).getElementType());
  bool any = cast<RankedTensorType>(op->getResult(0).getType()).getNumElements() != 0;
  return isInteger && any ? divisor : Value();
}

// No element is 0, whatever the inputs are: a constant, or what programs write to say so,
// select(x == 0, 1, x).
bool isNowhereZero(Value v) {
  Operation *op = v.getDefiningOp();
  if (!op) return false;
  if (std::optional<llvm::APInt> value = integerOf(v)) return !value->isZero();
  if (auto select = dyn_cast<SelectOp>(op)) {
    auto isZero = select.getC().getDefiningOp<EqOp>();
    if (!isZero || isZero.getA() != select.getB() || !isNowhereZero(select.getA())) return false;
    std::optional<llvm::APInt> zero = integerOf(isZero.getB());
    return zero && zero->isZero();
  }
  return isa<ReshapeOp, PermuteOp, ExpandOp, FlipOp>(op) && isNowhereZero(op->getOperand(0));
}
}  // namespace

bool reliesOn(Operation *op, CheckIndexOp check) {
  return llvm::any_of(indicesOf(op), [&](const Indices &c) {
    return c.index == check.getIndex() && c.size == static_cast<int64_t>(check.getSize());
  });
}

bool mayFail(Operation *op) {
  Value divisor = divisorOf(op);
  return isa<RequireOp>(op) || (divisor && !isNowhereZero(divisor)) || !indicesOf(op).empty();
}

void insertChecks(func::FuncOp func) {
  Block &block = func.getBody().front();
  llvm::DenseSet<std::pair<Value, int64_t>> done;  // with the size; a divisor's is -1
  llvm::SmallVector<RequireOp> required;
  for (Operation &op : block.without_terminator()) {
    OpBuilder b(&op);
    if (auto require = dyn_cast<RequireOp>(op)) {
      required.push_back(require);
      auto range = rangeSaid(require.getOk(), require.getX());
      bool isKnown = range && range->first <= 0 &&
                     (done.contains({require.getX(), range->second}) ||
                      isWithin(require.getX(), range->second));
      if (!isKnown && cast<RankedTensorType>(require.getOk().getType()).getNumElements() != 0)
        b.create<CheckRequiredOp>(op.getLoc(), require.getOk(), require.getX(), require.getWhat());
    }
    Value divisor = divisorOf(&op);
    if (divisor && !isNowhereZero(divisor) && done.insert({divisor, -1}).second)
      b.create<CheckDivisorOp>(op.getLoc(), divisor);
    for (const Indices &c : indicesOf(&op))
      if (!isWithin(c.index, c.size) && done.insert({c.index, c.size}).second)
        b.create<CheckIndexOp>(op.getLoc(), c.index, static_cast<uint64_t>(c.size),
                               static_cast<uint64_t>(c.dim));
  }
  // They have said what they know of the indices behind them.
  for (RequireOp require : required) {
    require.replaceAllUsesWith(require.getX());
    require.erase();
  }
}
}  // namespace mlir::weft
