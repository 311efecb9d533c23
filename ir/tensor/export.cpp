#include "ir/interface/convert.h"
#include "ir/tensor/import.h"
#include "ir/tensor/ops.h"

namespace mlir::weft {
namespace op = ::torch::op;
namespace {

class Exporter {
 public:
  FailureOr<op::Graph> run(Block &block, Operation *owner) {
    for (BlockArgument argument : block.getArguments()) {
      FailureOr<op::Type> type = typeOf(argument, owner);
      if (failed(type)) return failure();
      number(argument, next_++);
      graph_.inputs.push_back(std::move(*type));
    }
    if (failed(ops(block))) return failure();
    graph_.outputs = numbers(block.getTerminator()->getOperands());
    return std::move(graph_);
  }

  const std::vector<uint32_t> &recorded() const { return recorded_; }

 private:
  LogicalResult ops(Block &block) {
    for (Operation &operation : block.without_terminator()) {
      if (operation.hasTrait<Check>()) continue;
      auto kernel = dyn_cast<KernelOp>(operation);
      if (failed(kernel ? inlined(kernel) : node(operation))) return failure();
    }
    return success();
  }

  LogicalResult inlined(KernelOp kernel) {
    Block &body = kernel.getBody().front();
    for (auto [argument, operand] : llvm::zip(body.getArguments(), kernel.getOperands()))
      number(argument, numbers_.at(operand));
    if (failed(ops(body))) return failure();
    for (auto [result, yielded] :
         llvm::zip(kernel.getResults(), body.getTerminator()->getOperands()))
      number(result, numbers_.at(yielded));
    return success();
  }

  LogicalResult node(Operation &operation) {
    std::optional<op::Op> row = toOp(&operation);
    if (!row)
      return operation.emitOpError(
          "stands in a program to be run op by op; expected weft ops only");
    op::GraphNode made;
    made.op = *row;
    made.operands = numbers(operation.getOperands());
    made.attrs = packAttrs(&operation);
    made.location = location(operation.getLoc());
    made.no_grad = operation.hasAttr(noGradAttr);
    for (Value result : operation.getResults()) {
      FailureOr<op::Type> type = typeOf(result, &operation);
      if (failed(type)) return failure();
      made.results.push_back(std::move(*type));
      number(result, next_++);
    }
    if (auto scan = dyn_cast<ScanOp>(operation)) {
      FailureOr<op::Graph> body = Exporter().run(scan.getBody().front(), scan);
      if (failed(body)) return failure();
      made.body = std::make_shared<const op::Graph>(std::move(*body));
    }
    recorded_.push_back(
        nodeOf(operation.getLoc()).value_or(static_cast<uint32_t>(graph_.nodes.size())));
    graph_.nodes.push_back(std::move(made));
    return success();
  }

  FailureOr<op::Type> typeOf(Value value, Operation *at) {
    std::optional<op::Type> type = toTypeIfAny(value.getType());
    if (!type)
      return at->emitOpError("has a value of type ")
             << value.getType() << "; expected " << expectedTypes();
    return std::move(*type);
  }

  uint32_t location(Location at) {
    if (auto fused = dyn_cast<FusedLoc>(at);
        fused && fused.getMetadata() && fused.getLocations().size() == 1)
      at = fused.getLocations()[0];  // nodes with one location share it
    auto [found, isNew] =
        locations_.try_emplace(at, static_cast<uint32_t>(graph_.locations.size()));
    if (isNew) graph_.locations.push_back(toSourceLocation(at));
    return found->second;
  }

  void number(Value value, uint32_t number) { numbers_[value] = number; }

  std::vector<uint32_t> numbers(ValueRange values) const {
    std::vector<uint32_t> all;
    for (Value value : values) all.push_back(numbers_.at(value));
    return all;
  }

  op::Graph graph_;
  uint32_t next_ = 0;  // values are numbered in the order of definition
  DenseMap<Value, uint32_t> numbers_;
  DenseMap<Location, uint32_t> locations_;
  std::vector<uint32_t> recorded_;
};
}  // namespace

FailureOr<op::Graph> exportGraph(func::FuncOp func, std::vector<uint32_t> *recorded) {
  if (func.isExternal()) return func.emitOpError("has no body; expected a program");
  if (!func.getBody().hasOneBlock())
    return func.emitOpError("has ") << func.getBody().getBlocks().size() << " blocks; expected one";
  Block &body = func.getBody().front();
  if (!isa<func::ReturnOp>(body.getTerminator()))
    return body.getTerminator()->emitOpError("ends a program; expected func.return");
  Exporter exporter;
  FailureOr<op::Graph> graph = exporter.run(body, func);
  if (recorded) *recorded = exporter.recorded();
  return graph;
}
}  // namespace mlir::weft
