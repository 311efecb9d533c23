#include "ir/tensor/import.h"

#include "ir/interface/emit.h"
#include "ir/tensor/ops.h"

namespace mlir::weft {
namespace op = ::torch::op;
namespace {

class Importer {
 public:
  // `owner`: the node whose body this graph is.
  Importer(OpBuilder &builder, const op::Graph &graph, std::optional<uint32_t> owner = std::nullopt)
      : builder_(builder), graph_(graph), owner_(owner) {
    for (const op::SourceLocation& location : graph.locations)
      locations_.push_back(toMlir(builder.getContext(), location));
  }

  // The nodes at the builder's place, on these inputs; returns the outputs.
  SmallVector<Value> run(ValueRange inputs) {
    values_.append(inputs.begin(), inputs.end());
    for (const op::GraphNode &node : graph_.nodes) {
      Operation* made = node.op == op::Op::scan
                            ? scan(node)
                            : emit(builder_, location(node), node.op, operands(node), node.attrs);
      if (node.no_grad) made->setAttr(noGradAttr, builder_.getUnitAttr());
      check(node, made);
      values_.append(made->result_begin(), made->result_end());
    }
    return pick(graph_.outputs);
  }

 private:
  Operation *scan(const op::GraphNode &node) {
    if (!node.body) throw RuleError("weft.scan: got no body");
    OperationState state(location(node), ScanOp::getOperationName());
    state.addOperands(operands(node));
    state.attributes = unpackAttrs(builder_.getContext(), node.op, node.attrs);
    for (const op::Type &type : node.results) state.addTypes(toMlir(builder_.getContext(), type));
    Block &body = state.addRegion()->emplaceBlock();
    for (const op::Type& type : node.body->inputs)
      body.addArgument(toMlir(builder_.getContext(), type), state.location);
    OpBuilder inside(builder_.getContext());
    inside.setInsertionPointToEnd(&body);
    const SmallVector<Value> outputs =
        Importer(inside, *node.body, number(node)).run(body.getArguments());
    inside.create<YieldOp>(state.location, outputs);
    return builder_.create(state);
  }

  uint32_t number(const op::GraphNode &node) const {
    return owner_ ? *owner_ : static_cast<uint32_t>(&node - graph_.nodes.data());
  }
  Location location(const op::GraphNode &node) const {
    const Location user =
        node.location < locations_.size() ? locations_[node.location] : builder_.getUnknownLoc();
    return withNode(user, number(node));
  }

  SmallVector<Value> operands(const op::GraphNode &node) const { return pick(node.operands); }

  SmallVector<Value> pick(ArrayRef<uint32_t> numbers) const {
    SmallVector<Value> picked;
    for (uint32_t number : numbers) {
      if (number >= values_.size())
        throw RuleError("a graph names value " + std::to_string(number) + " of " +
                        std::to_string(values_.size()));
      picked.push_back(values_[number]);
    }
    return picked;
  }

  // What the recorder told its user is what the IR says.
  static void check(const op::GraphNode &node, Operation *made) {
    if (made->getNumResults() != node.results.size())
      throw RuleError(std::string("weft.") + op::name(node.op) + ": recorded with " +
                      std::to_string(node.results.size()) + " results; expected " +
                      std::to_string(made->getNumResults()));
    for (auto [type, result] : llvm::zip(node.results, made->getResults()))
      if (type != toType(result.getType()))
        throw RuleError(std::string("weft.") + op::name(node.op) + ": recorded as " +
                        op::to_string(type) + "; expected " +
                        op::to_string(toType(result.getType())));
  }

  OpBuilder &builder_;
  const op::Graph &graph_;
  const std::optional<uint32_t> owner_;
  SmallVector<Location> locations_;
  SmallVector<Value, 0> values_;
};
}  // namespace

OwningOpRef<ModuleOp> importGraph(MLIRContext *context, const op::Graph &graph) {
  context->loadDialect<WeftDialect, func::FuncDialect>();
  OpBuilder builder(context);
  const Location unknown = builder.getUnknownLoc();
  OwningOpRef<ModuleOp> module = ModuleOp::create(unknown);
  builder.setInsertionPointToEnd(module->getBody());

  SmallVector<Type> inputs;
  for (const op::Type &type : graph.inputs) inputs.push_back(toMlir(context, type));
  auto main = builder.create<func::FuncOp>(unknown, "main", builder.getFunctionType(inputs, {}));
  Block *body = main.addEntryBlock();
  builder.setInsertionPointToEnd(body);
  const SmallVector<Value> outputs = Importer(builder, graph).run(body->getArguments());
  builder.create<func::ReturnOp>(unknown, outputs);
  main.setFunctionType(builder.getFunctionType(inputs, ValueRange(outputs).getTypes()));
  return module;
}
}  // namespace mlir::weft
