#include "codegen/compile/kernel_parts.h"

#include "mlir/IR/IRMapping.h"

namespace mlir::weft {

KernelParts::KernelParts(KernelOp whole)
    : whole_(whole), module_(ModuleOp::create(whole.getLoc())), b_(whole.getContext()) {
  b_.setInsertionPointToEnd(module_->getBody());
  auto type = b_.getFunctionType(TypeRange(whole->getOperands()), {});
  entry_ = b_.create<func::FuncOp>(whole.getLoc(), "main", type).addEntryBlock();
  b_.setInsertionPointToEnd(entry_);
}

Value KernelParts::add(Type type) { return entry_->addArgument(type, whole_.getLoc()); }

KernelOp KernelParts::add(StringRef kind, llvm::ArrayRef<Value> inside, ValueRange operands,
                          const llvm::SmallPtrSetImpl<Operation*>& ops,
                          llvm::ArrayRef<Value> results) {
  OperationState state(whole_.getLoc(), KernelOp::getOperationName());
  state.addOperands(operands);
  for (Value v : results) state.addTypes(v.getType());
  state.addAttribute("kind", b_.getStringAttr(kind));
  state.addRegion();
  auto made = cast<KernelOp>(b_.create(state));
  OpBuilder::InsertionGuard guard(b_);
  Block* body = b_.createBlock(&made.getBody());
  IRMapping map;
  for (Value v : inside) map.map(v, body->addArgument(v.getType(), v.getLoc()));
  for (Operation& op : whole_.getBody().front().without_terminator())
    if (ops.contains(&op)) b_.clone(op, map);
  llvm::SmallVector<Value> yields;
  for (Value v : results) yields.push_back(map.lookup(v));
  b_.create<YieldOp>(whole_.getLoc(), yields);
  return made;
}

void KernelParts::place(Value result, unsigned ofWhole) {
  placed_.push_back(result);
  boundaries_.push_back(boundaryOf(whole_, whole_->getResult(ofWhole)));
}

OwningOpRef<ModuleOp> KernelParts::finish() {
  b_.create<func::ReturnOp>(whole_.getLoc(), placed_);
  auto function = cast<func::FuncOp>(entry_->getParentOp());
  function.setFunctionType(
      b_.getFunctionType(TypeRange(ValueRange(operands())), TypeRange(ValueRange(placed_))));
  llvm::SmallVector<int64_t> all(operands().size(), kBoundary);
  for (auto [i, v] : llvm::enumerate(whole_->getOperands())) all[i] = boundaryOf(whole_, v);
  all.append(boundaries_);
  function->setAttr(kBoundaries, b_.getDenseI64ArrayAttr(all));
  return std::move(module_);
}

void collectOps(Value value, llvm::function_ref<bool(Value)> isGiven,
                llvm::SmallPtrSetImpl<Operation*>& ops) {
  Operation* op = value.getDefiningOp();
  if (!op || isGiven(value) || !ops.insert(op).second) return;
  for (Value o : op->getOperands()) collectOps(o, isGiven, ops);
}

void append(Lowered& whole, Lowered part, llvm::ArrayRef<LocalBuffer> operands,
            llvm::ArrayRef<LocalBuffer> results) {
  const auto first = static_cast<unsigned>(whole.temporaryBytes.size());
  for (LoweredLaunch& launch : part.launches) {
    for (LocalBuffer& b : launch.buffers) {
      if (b.kind == LocalBuffer::operand) b = operands[b.index];
      else if (b.kind == LocalBuffer::result) b = results[b.index];
      else if (b.kind == LocalBuffer::temporary) b.index += first;
    }
    if (launch.fills) launch.fills->temporary += first;
    whole.launches.push_back(std::move(launch));
  }
  llvm::append_range(whole.temporaryBytes, part.temporaryBytes);
}
}  // namespace mlir::weft
