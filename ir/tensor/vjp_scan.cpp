#include "ir/interface/convert.h"
#include "ir/tensor/differentiate.h"
#include "ir/tensor/scan_gradient.h"

namespace mlir::weft {
bool ScanGradient::isRemade(Operation *op) {
  const auto id = toOp(op);
  if (!id) return false;
  using ::torch::op::Family;
  const Family family = ::torch::op::info(*id).family;
  return family == Family::view || family == Family::creation || family == Family::random ||
         isa<CastOp>(op);
}

namespace {
Type stackedType(Type type, int64_t steps) {
  auto tensor = cast<RankedTensorType>(type);
  SmallVector<int64_t> sizes{steps};
  llvm::append_range(sizes, tensor.getShape());
  return RankedTensorType::get(sizes, tensor.getElementType());
}
}  // namespace

SmallVector<Value> ScanOp::vjp(OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed) {
  return ScanGradient(*this, builder, dys, needed).run();
}

ScanGradient::ScanGradient(ScanOp scan, OpBuilder& builder, ValueRange dys, ArrayRef<bool> needed)
    : scan_(scan),
      builder_(builder),
      dys_(dys.begin(), dys.end()),
      needed_(needed),
      loc_(gradLoc(scan.getLoc())),
      carried_(scan.getNumCarried()),
      stacked_(scan.getNumStacked()),
      steps_(cast<RankedTensorType>(scan.getOperand(carried_).getType()).getDimSize(0)) {}

SmallVector<Value> ScanGradient::run() {
  chooseActive();
  if (failed(differentiateStep())) return {};
  planTotals();
  replaceForward();
  buildReverse();
  return std::move(results_);
}

// A state that depends on an active value has a cotangent even where nobody needs that of its
// start.
void ScanGradient::chooseActive() {
  Block &body = scan_.getBody().front();
  Operation *yield = body.getTerminator();
  active_.assign(needed_.begin(), needed_.end());
  for (bool changed = true; changed;) {
    changed = false;
    SmallVector<Value> sources;
    for (auto [i, argument] : llvm::enumerate(body.getArguments()))
      if (active_[i]) sources.push_back(argument);
    const auto values = activeValues(&body, yield->getIterator(), sources);
    for (size_t i = 0; i < carried_; ++i)
      if (!active_[i] && values.contains(yield->getOperand(i))) changed = active_[i] = true;
  }
}

LogicalResult ScanGradient::differentiateStep() {
  IRMapping mapping;
  scan_.getBody().cloneInto(&region_, mapping);
  work_ = &region_.front();
  yield_ = work_->getTerminator();
  const auto cotangent = [&](unsigned yielded) {
    return work_->addArgument(yield_->getOperand(yielded).getType(), loc_);
  };
  for (size_t i = 0; i < carried_; ++i)
    if (active_[i]) dstate_[i] = cotangent(i);
  for (size_t j = carried_; j < dys_.size(); ++j)
    if (dys_[j]) dout_[j] = cotangent(j);

  SmallVector<Value> ys, dys, wrt;
  for (auto &list : {dstate_, dout_})
    for (auto [i, dy] : list) ys.push_back(yield_->getOperand(i)), dys.push_back(dy);
  for (size_t i = 0; i < numArguments(); ++i)
    if (active_[i]) wrt.push_back(work_->getArgument(i));
  OpBuilder inner(scan_.getContext());
  inner.setInsertionPointToEnd(work_);
  FailureOr<SmallVector<Value>> gradients = differentiate(inner, ys, dys, wrt);
  if (failed(gradients)) return failure();
  gradient_.resize(numArguments());
  for (size_t i = 0, next = 0; i < numArguments(); ++i)
    if (active_[i]) gradient_[i] = (*gradients)[next++];
  return success();
}

void ScanGradient::planTotals() {
  hoisted_.assign(numArguments(), false);
  for (size_t i = 0; i < numArguments(); ++i) {
    if (!active_[i]) continue;
    if (i >= carried_ + stacked_ && canHoist(gradient_[i])) {
      hoisted_[i] = true;
      planStacks(gradient_[i]);
    } else {
      markLive(gradient_[i]);
    }
  }
  for (Value value : extra_) markLive(value);
}

// `value` is wanted in the reverse body: gradient code is walked, forward values are fetched.
void ScanGradient::markLive(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op || isForward(op)) return require(value);
  if (!live_.insert(op).second) return;
  for (Value operand : op->getOperands()) markLive(operand);
}

void ScanGradient::require(Value value) {
  if (auto argument = dyn_cast<BlockArgument>(value)) {
    const unsigned i = argument.getArgNumber();
    if (i >= numArguments()) return;  // a cotangent
    if (i < carried_)
      kept_.insert(value);
    else
      read_.insert(i);
    return;
  }
  Operation *op = value.getDefiningOp();
  if (!isRemade(op)) {
    kept_.insert(value);
  } else if (live_.insert(op).second) {
    for (Value operand : op->getOperands()) require(operand);
  }
}

// The forward scan once more, with the kept values as further stacked results.
void ScanGradient::replaceForward() {
  SmallVector<Value> more, yielded(yield_->getOperands());
  SmallVector<Type> types(scan_.getResultTypes());
  for (Value value : kept_) {
    const auto outputs = llvm::drop_begin(yield_->getOperands(), carried_);
    const auto at = llvm::find(outputs, value);
    if (at != outputs.end()) {
      stacks_[value] = scan_.getResult(carried_ + std::distance(outputs.begin(), at));
      continue;
    }
    more.push_back(value);
    types.push_back(stackedType(value.getType(), steps_));
  }
  if (more.empty()) return;
  llvm::append_range(yielded, more);

  OpBuilder builder(scan_);
  auto forward = builder.create<ScanOp>(scan_.getLoc(), types, scan_.getValues(), carried_,
                                        stacked_, scan_.getReverse());
  forward->setAttrs(scan_->getAttrs());
  Block &body = forward.getBody().emplaceBlock();
  IRMapping mapping;
  for (BlockArgument argument : work_->getArguments().take_front(numArguments()))
    mapping.map(argument, body.addArgument(argument.getType(), argument.getLoc()));
  builder.setInsertionPointToStart(&body);
  for (Operation& op : llvm::make_range(work_->begin(), yield_->getIterator()))
    builder.clone(op, mapping);
  for (Value &value : yielded) value = mapping.lookup(value);
  builder.create<YieldOp>(yield_->getLoc(), yielded);

  for (auto [i, result] : llvm::enumerate(scan_.getResults()))
    result.replaceAllUsesWith(forward.getResult(i));
  const auto move = [&](Value& value) {
    if (value && value.getDefiningOp() == scan_)
      value = forward.getResult(cast<OpResult>(value).getResultNumber());
  };
  for (auto &[value, stack] : stacks_) move(stack);
  for (Value &dy : dys_) move(dy);
  for (auto [i, value] : llvm::enumerate(more))
    stacks_[value] = forward.getResult(scan_.getNumResults() + i);
}

// Captured values whose gradient is carried along and added to in each step.
SmallVector<unsigned> ScanGradient::accumulated() {
  SmallVector<unsigned> arguments;
  for (unsigned i = carried_ + stacked_; i < numArguments(); ++i)
    if (active_[i] && !hoisted_[i]) arguments.push_back(i);
  return arguments;
}

void ScanGradient::buildReverse() {
  const SmallVector<unsigned> sums = accumulated();
  Block *body = new Block;
  IRMapping mapping;
  SmallVector<Value> operands;
  const auto bind = [&](Value operand, Value inWork) {
    operands.push_back(operand);
    BlockArgument argument = body->addArgument(inWork.getType(), loc_);
    mapping.map(inWork, argument);
    return argument;
  };
  const auto zeros = [&](Value like) -> Value { return zerosLike(Symbol(builder_, loc_, like)); };
  for (auto [i, dy] : dstate_) bind(dys_[i] ? dys_[i] : zeros(scan_.getOperand(i)), dy);
  SmallVector<Value> accumulators;
  for (unsigned i : sums) {
    operands.push_back(zeros(scan_.getOperand(i)));
    accumulators.push_back(body->addArgument(scan_.getOperand(i).getType(), loc_));
  }
  const size_t carried = operands.size();
  for (auto [j, dy] : dout_) bind(dys_[j], dy);
  for (Value value : kept_) bind(stacks_.lookup(value), value);
  for (unsigned i = carried_; i < numArguments(); ++i) {
    // A loop has at least one stacked operand.
    const bool first = i == carried_ && operands.size() == carried;
    if (isStacked(i) && (read_.contains(i) || first))
      bind(scan_.getOperand(i), work_->getArgument(i));
  }
  const size_t stacked = operands.size() - carried;
  for (unsigned i = carried_ + stacked_; i < numArguments(); ++i)
    if (read_.contains(i)) bind(scan_.getOperand(i), work_->getArgument(i));

  OpBuilder inner(scan_.getContext());
  inner.setInsertionPointToEnd(body);
  for (Operation &op : *work_)
    if (live_.contains(&op)) inner.clone(op, mapping);
  SmallVector<Value> yielded;
  SmallVector<Type> types;
  for (auto [i, dy] : dstate_) yielded.push_back(mapping.lookup(gradient_[i]));
  for (auto [accumulator, i] : llvm::zip_equal(accumulators, sums))
    yielded.push_back(Symbol(inner, loc_, accumulator) +
                      Symbol(inner, loc_, mapping.lookup(gradient_[i])));
  for (Value value : yielded) types.push_back(value.getType());
  SmallVector<unsigned> slices;
  for (unsigned i = carried_; i < carried_ + stacked_; ++i)
    if (active_[i]) slices.push_back(i), yielded.push_back(mapping.lookup(gradient_[i]));
  const auto isSlice = [&](Value value) {
    return llvm::any_of(slices, [&](unsigned i) { return gradient_[i] == value; });
  };
  extra_.remove_if(isSlice);  // has a stack already
  for (Value value : extra_) yielded.push_back(mapping.lookup(value));
  for (Value value : ArrayRef(yielded).drop_front(carried))
    types.push_back(stackedType(value.getType(), steps_));
  inner.create<YieldOp>(loc_, yielded);

  auto reverse =
      builder_.create<ScanOp>(loc_, types, operands, carried, stacked, !scan_.getReverse());
  reverse.getBody().push_back(body);
  size_t next = 0;
  results_.resize(numArguments());
  for (auto [i, dy] : dstate_) results_[i] = reverse.getResult(next++);
  for (unsigned i : sums) results_[i] = reverse.getResult(next++);
  for (unsigned i : slices) stacks_[gradient_[i]] = results_[i] = reverse.getResult(next++);
  for (Value value : extra_) stacks_[value] = reverse.getResult(next++);
  for (unsigned i = 0; i < numArguments(); ++i)
    if (hoisted_[i]) results_[i] = total(gradient_[i]);
}

}  // namespace mlir::weft
