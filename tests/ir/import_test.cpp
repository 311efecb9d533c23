// op::Graph -> module -> op::Graph.
#include "ir/tensor/import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ir/interface/emit.h"
#include "ir/tensor/ops.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"

namespace mlir::weft {
namespace op = ::torch::op;
using op::DType;
using op::Op;
using testing::HasSubstr;

op::GraphNode node(Op what, std::vector<uint32_t> operands, op::Attrs attrs,
                   std::vector<op::Type> results, uint32_t location = 0) {
  op::GraphNode made;
  made.op = what;
  made.operands = std::move(operands);
  made.attrs = std::move(attrs);
  made.results = std::move(results);
  made.location = location;
  return made;
}

const op::Type v4(DType::Float, {4}), m34(DType::Float, {3, 4}), scalar(DType::Float, {});

// y = scan of tanh(h + x) over xs; loss = sum(cached(y, known)); gradient of loss wrt h.
op::Graph program() {
  auto body = std::make_shared<op::Graph>();
  body->inputs = {v4, v4};
  body->locations = {{"rnn.cpp", 7, "rnn"}};
  body->nodes = {node(Op::add, {0, 1}, {}, {v4}), node(Op::tanh, {2}, {}, {v4})};
  body->outputs = {3, 3};

  op::Graph g;
  g.inputs = {v4, m34, v4, scalar};
  g.locations = {{"train.cpp", 41, ""},
                 {"train.cpp", 42, "net.rnn (RNN)"},
                 {"", 0, "scope only"},
                 {"", 0, ""}};
  g.nodes = {
      node(Op::scan, {0, 1}, op::attrs::scan::pack(1, 1, true), {v4, m34}, 1),
      node(Op::cached, {4, 2}, {}, {v4}, 0),
      node(Op::sum, {6}, op::attrs::sum::pack(op::Dims{0}), {scalar}, 2),
      node(Op::grad, {7, 3, 0}, op::attrs::grad::pack(1, false), {v4}, 3),
      node(Op::max_pool, {4},
           op::attrs::max_pool::pack(op::Dims{2}, op::Dims{2}, op::Dims{0}, op::Dims{1}, false),
           {op::Type(DType::Float, {2}), op::Type(DType::Long, {2})}, 0)};
  g.nodes[0].body = body;
  g.nodes[2].no_grad = true;
  g.outputs = {8, 7, 0, 10, 8};
  return g;
}

void expect_equal(const op::Graph &a, const op::Graph &b) {
  EXPECT_EQ(a.inputs, b.inputs);
  EXPECT_EQ(a.outputs, b.outputs);
  ASSERT_EQ(a.nodes.size(), b.nodes.size());
  for (size_t i = 0; i < a.nodes.size(); ++i) {
    const op::GraphNode &x = a.nodes[i], &y = b.nodes[i];
    EXPECT_EQ(x.op, y.op);
    EXPECT_EQ(x.operands, y.operands);
    EXPECT_EQ(x.attrs, y.attrs);
    EXPECT_EQ(x.results, y.results);
    EXPECT_EQ(x.no_grad, y.no_grad);
    const op::SourceLocation &p = a.locations[x.location], &q = b.locations[y.location];
    EXPECT_EQ(p.file, q.file);
    EXPECT_EQ(p.line, q.line);
    EXPECT_EQ(p.scope, q.scope);
    ASSERT_EQ(!x.body, !y.body);
    if (x.body) expect_equal(*x.body, *y.body);
  }
}

std::string printed(ModuleOp module, bool locations) {
  std::string text;
  llvm::raw_string_ostream out(text);
  OpPrintingFlags flags;
  if (locations) flags.enableDebugInfo();
  module.print(out, flags);
  return text;
}

TEST(Import, RoundTrips) {
  MLIRContext context;
  const op::Graph graph = program();
  OwningOpRef<ModuleOp> module = importGraph(&context, graph);
  ASSERT_TRUE(succeeded(verify(*module)));
  FailureOr<op::Graph> back = exportGraph(module->lookupSymbol<func::FuncOp>("main"));
  ASSERT_TRUE(succeeded(back));
  expect_equal(graph, *back);

  // And through text, as reproducers and dumps go.
  const std::string text = printed(*module, true);
  EXPECT_THAT(text, HasSubstr("loc(\"net.rnn (RNN)\"(#"));
  EXPECT_THAT(text, HasSubstr("{dims = array<i64: 0>, weft.no_grad}"));
  OwningOpRef<ModuleOp> parsed = parseSourceString<ModuleOp>(text, ParserConfig(&context));
  ASSERT_TRUE(parsed);
  back = exportGraph(parsed->lookupSymbol<func::FuncOp>("main"));
  ASSERT_TRUE(succeeded(back));
  expect_equal(graph, *back);
}

TEST(Import, EmptyGraph) {
  MLIRContext context;
  OwningOpRef<ModuleOp> module = importGraph(&context, op::Graph());
  ASSERT_TRUE(succeeded(verify(*module)));
  expect_equal(op::Graph(), *exportGraph(module->lookupSymbol<func::FuncOp>("main")));
}

// Attributes of every kind and element type survive.
TEST(Import, LiteralsOfEveryType) {
  MLIRContext context;
  op::Graph graph;
  graph.locations = {{}};
  const op::Literal literals[] = {op::Literal::of(DType::Float, -0.0),
                                  op::Literal::of(DType::Double, 1e-310),
                                  op::Literal::of(DType::Float, INFINITY),
                                  op::Literal::of(DType::Long, -5),
                                  {DType::Long, INT64_MIN},
                                  {DType::Byte, 255},
                                  {DType::Bool, 1},
                                  {DType::Int, -1}};
  for (const op::Literal &value : literals) {
    graph.nodes.push_back(node(Op::constant, {}, op::attrs::constant::pack(value, op::Dims{2, 0}),
                               {op::Type(value.dtype, {2, 0})}));
    graph.outputs.push_back(static_cast<uint32_t>(graph.outputs.size()));
  }
  OwningOpRef<ModuleOp> module = importGraph(&context, graph);
  OwningOpRef<ModuleOp> parsed =
      parseSourceString<ModuleOp>(printed(*module, false), ParserConfig(&context));
  op::Graph back = *exportGraph(parsed->lookupSymbol<func::FuncOp>("main"));
  for (op::GraphNode &made : back.nodes) made.location = 0;
  back.locations = {{}};
  expect_equal(graph, back);
}

TEST(Import, RefusesBrokenGraphs) {
  MLIRContext context;
  const auto message = [&](const op::Graph &graph) -> std::string {
    try {
      importGraph(&context, graph);
    } catch (const RuleError &error) {
      return error.what();
    }
    return "no error";
  };
  op::Graph graph;
  graph.inputs = {v4, m34};
  graph.nodes = {node(Op::add, {0, 9}, {}, {v4})};
  EXPECT_THAT(message(graph), HasSubstr("names value 9 of 2"));
  graph.nodes = {node(Op::matmul, {0, 1}, {}, {v4})};
  EXPECT_THAT(message(graph), HasSubstr("weft.matmul: expected two tensors with as many dims"));
  graph.nodes = {node(Op::add, {0, 1}, {}, {v4})};
  EXPECT_THAT(message(graph), HasSubstr("weft.add: recorded as float(4); expected float(3, 4)"));
  graph.nodes = {node(Op::scan, {0, 1}, op::attrs::scan::pack(1, 1, false), {v4})};
  EXPECT_THAT(message(graph), HasSubstr("got no body"));
  graph = program();
  auto body = std::make_shared<op::Graph>(*graph.nodes[0].body);
  body->nodes[1].operands = {99};
  graph.nodes[0].body = body;
  EXPECT_THAT(message(graph), HasSubstr("names value 99 of 3"));
}

std::string exportError(const char *text) {
  MLIRContext context;
  context.loadDialect<WeftDialect, func::FuncDialect>();
  std::string message;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &d) { message += d.str(); });
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, ParserConfig(&context));
  if (!module) return "does not parse: " + message;
  FailureOr<op::Graph> graph = exportGraph(*module->getOps<func::FuncOp>().begin());
  return failed(graph) ? message : "no error";
}

TEST(Export, RefusesOtherPrograms) {
  EXPECT_THAT(exportError("func.func private @main()"), HasSubstr("has no body"));
  EXPECT_THAT(exportError("func.func @main(%x: f32) { return }"),
              HasSubstr("has a value of type 'f32'; expected a tensor"));
  EXPECT_THAT(
      exportError("func.func @main() { call @main() : () -> ()\n return }"),
      HasSubstr("'func.call' op stands in a program to be run op by op; expected weft ops only"));
}

TEST(Export, KernelsAreTheirBodies) {
  MLIRContext context;
  context.loadDialect<WeftDialect, func::FuncDialect>();
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(R"(
    func.func @main(%x: tensor<4xf32>, %y: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
      %0:2 = weft.kernel "map" (%a = %y : tensor<4xf32>, %b = %x : tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
        %e = weft.exp %a : (tensor<4xf32>) -> tensor<4xf32>
        %s = weft.sub %e, %b : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
        weft.yield %s, %b : tensor<4xf32>, tensor<4xf32>
      }
      %1 = weft.neg %0#0 : (tensor<4xf32>) -> tensor<4xf32>
      return %1, %0#1 : tensor<4xf32>, tensor<4xf32>
    })",
                                                             ParserConfig(&context));
  ASSERT_TRUE(module);
  const op::Graph graph = *exportGraph(module->lookupSymbol<func::FuncOp>("main"));
  ASSERT_EQ(graph.nodes.size(), 3u);
  EXPECT_EQ(graph.nodes[0].operands, std::vector<uint32_t>{1});
  EXPECT_EQ(graph.nodes[1].operands, (std::vector<uint32_t>{2, 0}));
  EXPECT_EQ(graph.nodes[2].operands, std::vector<uint32_t>{3});
  EXPECT_EQ(graph.outputs, (std::vector<uint32_t>{4, 0}));
}

TEST(Location, GradientsKeepTheLine) {
  MLIRContext context;
  const Location line = FileLineColLoc::get(&context, "a.cpp", 3, 0);
  const Location named = NameLoc::get(StringAttr::get(&context, "grad"),
                                      NameLoc::get(StringAttr::get(&context, "net"), line));
  EXPECT_EQ(toSourceLocation(named).scope, "grad: net");
  EXPECT_EQ(toSourceLocation(named).line, 3);
  const Location fused = FusedLoc::get(&context, {UnknownLoc::get(&context), named});
  EXPECT_EQ(toSourceLocation(fused).file, "a.cpp");
  EXPECT_EQ(toSourceLocation(UnknownLoc::get(&context)).file, "");
}
}  // namespace mlir::weft
