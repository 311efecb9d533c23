// Every row of the op table has an op class that agrees with it; elementwise rows print and parse
// back without further ado, others have an example in every_op.mlir.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "ir/op/op.h"
#include "ir/tensor/import.h"
#include "ir/tensor/ops.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"

namespace mlir::weft {
namespace op = ::torch::op;

bool isFormula(const op::OpInfo& row) {
  return row.family == op::Family::elementwise && row.attrs.empty();
}

TEST(EveryRow, HasAnExample) {
  std::ifstream file("tests/ir/every_op.mlir");
  std::stringstream text;
  text << file.rdbuf();
  ASSERT_FALSE(text.str().empty());
  for (size_t i = 0; i < op::op_count(); ++i) {
    const op::OpInfo &row = op::info(static_cast<op::Op>(i));
    const std::string name = std::string("weft.") + row.name + " ";
    if (!isFormula(row))
      EXPECT_NE(text.str().find(name), std::string::npos)
          << "every_op.mlir has no example of " << name;
  }
}

// A graph with the op on operands of some element types that it takes.
op::Graph example(op::Op what) {
  const op::OpInfo &row = op::info(what);
  op::Graph graph;
  for (op::DType first : {op::DType::Float, op::DType::Long, op::DType::Bool}) {
    graph.inputs.assign(static_cast<size_t>(row.num_operands), op::Type(op::DType::Float, {3, 2}));
    graph.inputs[0].dtype = first;
    if (first == op::DType::Long)
      for (op::Type &type : graph.inputs) type.dtype = first;
    std::vector<const op::Type *> operands;
    op::GraphNode node;
    node.op = what;
    for (uint32_t k = 0; k < graph.inputs.size(); ++k) {
      operands.push_back(&graph.inputs[k]);
      node.operands.push_back(k);
    }
    if (!op::infer(what, operands, {}, node.results).empty()) continue;
    graph.outputs = {static_cast<uint32_t>(graph.inputs.size())};
    graph.nodes = {node};
    break;
  }
  return graph;
}

TEST(EveryRow, FormulasPrintAndParse) {
  MLIRContext context;
  for (size_t i = 0; i < op::op_count(); ++i) {
    const op::OpInfo &row = op::info(static_cast<op::Op>(i));
    if (!isFormula(row)) continue;
    const op::Graph graph = example(static_cast<op::Op>(i));
    ASSERT_EQ(graph.nodes.size(), 1u)
        << row.name << " takes no operands of one element type, nor a bool first";
    OwningOpRef<ModuleOp> module = importGraph(&context, graph);
    EXPECT_TRUE(succeeded(verify(*module)));
    std::string text, again;
    llvm::raw_string_ostream(text) << *module;
    OwningOpRef<ModuleOp> parsed = parseSourceString<ModuleOp>(text, ParserConfig(&context));
    ASSERT_TRUE(parsed) << text;
    llvm::raw_string_ostream(again) << *parsed;
    EXPECT_EQ(text, again);
    EXPECT_EQ(exportGraph(parsed->lookupSymbol<func::FuncOp>("main"))->nodes[0].op,
              static_cast<op::Op>(i));
  }
}

TEST(EveryRow, HasAClassThatAgrees) {
  MLIRContext context;
  context.loadDialect<WeftDialect>();
  for (size_t i = 0; i < op::op_count(); ++i) {
    const op::OpInfo &row = op::info(static_cast<op::Op>(i));
    const OperationName name("weft." + std::string(row.name), &context);
    ASSERT_TRUE(name.isRegistered()) << row.name;
    EXPECT_EQ(name.hasTrait<ShapeRule>(), row.rule != nullptr) << row.name;
    // Control ops that autodiff treats itself need neither a vjp nor the trait.
    if (row.family == op::Family::control) continue;
    EXPECT_NE(name.hasInterface<DifferentiableOp>(), name.hasTrait<NoGradient>())
        << row.name << ": expected either a vjp or the trait NoGradient";
    EXPECT_EQ(row.differentiable, name.hasInterface<DifferentiableOp>()) << row.name;
  }
}
}  // namespace mlir::weft
