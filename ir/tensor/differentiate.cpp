#include "ir/tensor/differentiate.h"

#include "ir/interface/symbol.h"
#include "ir/tensor/ops.h"

namespace mlir::weft {
namespace {

bool hasCotangent(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type && isa<FloatType>(type.getElementType());
}

bool isConstant(Operation *op) { return op->hasAttr(noGradAttr) || op->hasTrait<NoGradient>(); }

// Operands through which an op passes a gradient.
OperandRange sourcesOf(Operation *op) {
  return isa<CachedOp>(op) ? op->getOperands().take_front(1) : op->getOperands();
}

class Differentiation {
 public:
  Differentiation(OpBuilder &builder, ValueRange wrt, bool cut)
      : builder_(builder), block_(builder.getInsertionBlock()), wrt_(wrt.begin(), wrt.end()),
        active_(activeValues(block_, builder.getInsertionPoint(), wrt)) {
    if (cut) ends_.insert(wrt.begin(), wrt.end());
  }

  LogicalResult run(ValueRange ys, ValueRange dys) {
    for (auto [y, dy] : llvm::zip_equal(ys, dys))
      if (active_.contains(y)) cotangents_[y].push_back(dy);
    Operation *last = before();
    for (Operation *op = last, *previous; op; op = previous) {
      previous = op->getPrevNode();
      if (failed(visit(op))) return failure();
    }
    readKnown(last);
    return success();
  }

  SmallVector<Value> results() {
    SmallVector<Value> gradients;
    for (Value value : wrt_) {
      collect(value);  // block arguments are still to be summed
      Value gradient = found_.lookup(value);
      if (!gradient) gradient = zerosLike(Symbol(builder_, gradLoc(value.getLoc()), value));
      for (auto [op, successor] : replaced_)
        if (gradient.getDefiningOp() == op)
          gradient = successor->getResult(cast<OpResult>(gradient).getResultNumber());
      gradients.push_back(gradient);
    }
    // Last, since a cotangent that was summed up above may be a result of such a scan.
    for (auto [op, successor] : replaced_) {
      op->replaceAllUsesWith(successor->getResults().take_front(op->getNumResults()));
      op->erase();
    }
    return gradients;
  }

 private:
  Operation *before() {
    auto end = builder_.getInsertionPoint();
    return end == block_->begin() ? nullptr : &*std::prev(end);
  }

  // All uses of `value` are behind us: the sum of its cotangents, or null.
  Value collect(Value value) {
    auto at = cotangents_.find(value);
    if (at == cotangents_.end()) return Value();
    SmallVector<Value> parts = std::move(at->second);
    cotangents_.erase(at);
    return found_[value] = sumCotangents(builder_, value, parts);
  }

  LogicalResult visit(Operation *op) {
    SmallVector<Value> dys;
    for (Value result : op->getResults()) {
      const Value dy = collect(result);
      dys.push_back(ends_.contains(result) ? Value() : dy);
    }
    if (llvm::none_of(dys, [](Value dy) { return static_cast<bool>(dy); }) || isConstant(op))
      return success();
    SmallVector<bool> needed(op->getNumOperands(), false);
    for (auto [i, operand] : llvm::enumerate(sourcesOf(op))) needed[i] = active_.contains(operand);
    if (llvm::none_of(needed, [](bool n) { return n; })) return success();
    SmallVector<Value> gradients;
    if (isa<CachedOp>(op)) {
      gradients = {dys[0], Value()};
    } else if (auto rule = dyn_cast<DifferentiableOp>(op)) {
      gradients = rule.vjp(builder_, dys, needed);
      if (gradients.size() != needed.size()) return failure();  // it said why
    } else {
      return op->emitError("autodiff: no gradient rule for ") << op->getName();
    }
    for (auto [i, gradient] : llvm::enumerate(gradients)) {
      if (!gradient || !needed[i]) continue;
      Value operand = op->getOperand(i);
      if (gradient.getType() != operand.getType())
        return op->emitError("autodiff: the gradient rule of ")
               << op->getName() << " gave " << gradient.getType() << " for operand " << i
               << "; expected " << operand.getType();
      cotangents_[operand].push_back(gradient);
    }
    if (isa<ScanOp>(op) && op->use_empty()) replaced_.emplace_back(op, op->getPrevNode());
    return success();
  }

  // Gradient code behind `last` that reads a value which is known from an earlier evaluation takes
  // it from there: from weft.cached itself, through which gradients of this code find the
  // structure.
  void readKnown(Operation *last) {
    llvm::DenseMap<Value, Value> known;
    for (Operation *op = last; op; op = op->getPrevNode())
      if (auto cached = dyn_cast<CachedOp>(op)) known[cached.getComputed()] = cached.getResult();
    if (known.empty()) return;
    auto end = builder_.getInsertionPoint();
    const auto read = [&](Operation &op) {
      for (OpOperand &operand : op.getOpOperands())
        for (Value value = known.lookup(operand.get()); value && isBefore(value, &op);
             value = known.lookup(value))
          operand.set(value);
    };
    for (auto op = last ? std::next(last->getIterator()) : block_->begin(); op != end; ++op)
      read(*op);
    for (auto [op, successor] : replaced_) read(*successor);
  }

  static bool isBefore(Value value, Operation *op) {
    Operation *definition = value.getDefiningOp();
    return !definition || definition->isBeforeInBlock(op);
  }

  OpBuilder &builder_;
  Block *block_;
  SmallVector<Value> wrt_;
  llvm::DenseSet<Value> active_;
  llvm::DenseSet<Value> ends_;
  llvm::DenseMap<Value, SmallVector<Value>> cotangents_;
  llvm::DenseMap<Value, Value> found_;
  // Scans whose place another took, which keeps values for the gradient; erased last, for maps here
  // name them.
  SmallVector<std::pair<Operation *, Operation *>> replaced_;
};
}  // namespace

llvm::DenseSet<Value> activeValues(Block *block, Block::iterator end, ValueRange sources) {
  llvm::DenseSet<Value> active;
  for (Value source : sources)
    if (hasCotangent(source)) active.insert(source);
  for (Operation &op : llvm::make_range(block->begin(), end)) {
    if (isConstant(&op) ||
        llvm::none_of(sourcesOf(&op), [&](Value v) { return active.contains(v); }))
      continue;
    for (Value result : op.getResults())
      if (hasCotangent(result)) active.insert(result);
  }
  return active;
}

FailureOr<SmallVector<Value>> differentiate(OpBuilder& builder, ValueRange ys, ValueRange dys,
                                            ValueRange wrt, bool cut) {
  Differentiation differentiation(builder, wrt, cut);
  if (failed(differentiation.run(ys, dys))) return failure();
  return differentiation.results();
}

}  // namespace mlir::weft
