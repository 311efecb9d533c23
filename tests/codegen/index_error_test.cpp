// Indices that are out of range: both tiers blame the same op in the same words, and inputs keep
// their values, those whose memory an output takes over, too.
#include <gtest/gtest.h>

#include "tests/codegen/indexed_ops.h"
#include "tests/codegen/tiers.h"
#include "tests/reference/graph_builder.h"

namespace torch {
namespace test {
namespace {
using op::GraphBuilder;
using op::Op;
using codegen::Tier;

Bytes longs(const std::vector<int64_t>& values) {
  Bytes bytes(values.size() * 8);
  for (size_t i = 0; i < values.size(); ++i) std::memcpy(bytes.data() + 8 * i, &values[i], 8);
  return bytes;
}
Bytes ints(const std::vector<int64_t>& values) {
  Bytes bytes;
  for (int64_t v : values)
    for (int b = 0; b < 4; ++b) bytes.push_back(static_cast<unsigned char>(v >> (8 * b)));
  return bytes;
}
Bytes counting(const op::Type& type) {
  Bytes bytes(type.bytes());
  for (int64_t i = 0; i < type.numel(); ++i)
    set_element(bytes, type.dtype, static_cast<size_t>(i), static_cast<double>(i % 50));
  return bytes;
}

struct Failure {
  std::string message;
  size_t node = 0;
  bool inputs_intact = true;
};

// Runs with every output over an input where the executable lets it.
Failure failure_of(const op::Graph& graph, Tier tier, const std::vector<Bytes>& inputs) {
  auto executable = codegen::compile(graph, tier);
  std::vector<Bytes> memory = inputs, fresh;
  for (const op::Type& t : executable->output_types) fresh.emplace_back(t.bytes());
  std::vector<const void*> in;
  for (const Bytes& b : memory) in.push_back(b.data());
  std::vector<void*> out;
  std::vector<bool> taken(inputs.size());
  for (size_t o = 0; o < fresh.size(); ++o) {
    out.push_back(fresh[o].data());
    for (size_t i = 0; i < inputs.size(); ++i)
      if (!taken[i] && executable->may_alias(o, i)) {
        out.back() = memory[i].data();
        taken[i] = true;
        break;
      }
  }
  try {
    executable->run(in.data(), out.data());
  } catch (const runtime::ValueError& e) {
    return {e.what(), e.node, memory == inputs};
  }
  return {"no error", 0, true};
}

void expect_failure(const op::Graph& graph, const std::vector<Bytes>& inputs,
                    const std::string& message, size_t node) {
  for (Tier tier : {Tier::reference, Tier::compile}) {
    SCOPED_TRACE(tier == Tier::compile ? "compile" : "reference");
    const Failure f = failure_of(graph, tier, inputs);
    EXPECT_EQ(f.message, message);
    EXPECT_EQ(f.node, node);
    EXPECT_TRUE(f.inputs_intact);
  }
}

TEST(IndexError, EveryIndexedOp) {
  for (const IndexedOp& c : indexed_ops())
    for (op::DType dtype : {op::DType::Long, op::DType::Int})
      for (int64_t bad :
           {int64_t{50}, int64_t{-1}, int64_t{1} << (dtype == op::DType::Long ? 40 : 30)}) {
        SCOPED_TRACE(std::string(op::name(c.op)) + " by " + op::dtype_name(dtype) + " " +
                     std::to_string(bad));
        GraphBuilder g;
        const auto x = g.input(f32({3, 50})), index = g.input({dtype, c.index});
        std::vector<GraphBuilder::Value> operands{x, index};
        std::vector<Bytes> inputs{counting(f32({3, 50}))};
        std::vector<int64_t> values(static_cast<size_t>(op::Type(dtype, c.index).numel()), 7);
        values[13] = bad;
        values[31] = 1000;
        inputs.push_back(dtype == op::DType::Long ? longs(values) : ints(values));
        if (!c.src.empty()) {
          operands.push_back(g.input(f32(c.src)));
          inputs.push_back(counting(f32(c.src)));
        }
        const auto before = g.add(Op::neg, {x});
        operands[0] = before;
        g.output(g.add(c.op, operands, c.attrs));
        expect_failure(
            g.graph, inputs,
            "index " + std::to_string(bad) + " is out of bounds for dimension 1 with size 50", 1);
        values[13] = values[31] = 49;
        inputs[1] = dtype == op::DType::Long ? longs(values) : ints(values);
        for (Tier tier : {Tier::reference, Tier::compile})
          EXPECT_EQ(failure_of(g.graph, tier, inputs).message, "no error");
      }
}

TEST(IndexError, StartsOfSlicesAndInserts) {
  GraphBuilder g;
  const auto x = g.input(f32({8, 9})), update = g.input(f32({2, 3}));
  std::vector<GraphBuilder::Value> starts;
  for (int i = 0; i < 4; ++i) starts.push_back(g.input(i64()));
  g.output(g.add(Op::slice, {x, starts[0], starts[1]},
                 op::attrs::slice::pack(op::Dims{2, 3}, op::Dims{1, 2})));
  g.output(g.add(Op::insert, {x, update, starts[2], starts[3]},
                 op::attrs::insert::pack(op::Dims{1, 2})));
  const auto run = [&](std::vector<int64_t> at, const std::string& message, size_t node) {
    std::vector<Bytes> inputs{counting(f32({8, 9})), counting(f32({2, 3}))};
    for (int64_t s : at) inputs.push_back(longs({s}));
    expect_failure(g.graph, inputs, message, node);
  };
  run({6, 4, 6, 4}, "no error", 0);
  run({7, 4, 6, 4}, "index 7 is out of bounds for dimension 0 with size 7", 0);
  run({6, -1, 6, 4}, "index -1 is out of bounds for dimension 1 with size 5", 0);
  run({6, 4, -3, 4}, "index -3 is out of bounds for dimension 0 with size 7", 1);
  run({6, 4, 6, 5}, "index 5 is out of bounds for dimension 1 with size 5", 1);
  run({6, 5, 6, 5}, "index 5 is out of bounds for dimension 1 with size 5", 0);
}

// Of a result of which little is read, all indices count; what is computed is checked as well as
// what is given.
TEST(IndexError, IndicesThatNobodyReadsAndComputedOnes) {
  GraphBuilder g;
  const auto x = g.input(f32({5})), index = g.input(i64({300}));
  const auto one = g.add(
      Op::constant, {}, op::attrs::constant::pack(op::Literal::of(op::DType::Long, 1), op::Dims{}));
  const auto zero = g.add(
      Op::constant, {}, op::attrs::constant::pack(op::Literal::of(op::DType::Long, 0), op::Dims{}));
  const auto y =
      g.add(Op::index_select, {x, g.add(Op::add, {index, one})}, op::attrs::index_select::pack(0));
  g.output(g.add(Op::slice, {y, zero}, op::attrs::slice::pack(op::Dims{2}, op::Dims{1})));
  std::vector<int64_t> values(300, 3);
  values[299] = 4;
  expect_failure(g.graph, {counting(f32({5})), longs(values)},
                 "index 5 is out of bounds for dimension 0 with size 5", 3);
}

// An update of what the wrong index reads from: its memory is not touched. The forward index
// depends on a product.
TEST(IndexError, DonatedInputsKeepTheirValues) {
  GraphBuilder g;
  const auto table = g.input(f32({6, 4})), index = g.input(i64({3})), bias = g.input(f32({4})),
             scores = g.input(f32({3, 9}));
  const auto rows = g.add(Op::index_select, {table, index}, op::attrs::index_select::pack(0));
  const auto moved = g.add(Op::index_add, {table, index, rows}, op::attrs::index_add::pack(0));
  g.output(moved);
  const auto best = g.add(Op::argmax, {scores}, op::attrs::argmax::pack(1));
  g.output(g.add(Op::add, {bias, g.add(Op::sum, {rows}, op::attrs::sum::pack(op::Dims{0}))}));
  g.output(g.add(Op::exp, {scores}));
  g.output(g.add(Op::index_select, {bias, best}, op::attrs::index_select::pack(0)));
  Bytes scores_bytes = counting(f32({3, 9}));  // the best of each row is its last
  expect_failure(g.graph,
                 {counting(f32({6, 4})), longs({1, 9, 2}), counting(f32({4})), scores_bytes},
                 "index 9 is out of bounds for dimension 0 with size 6", 0);
  expect_failure(g.graph,
                 {counting(f32({6, 4})), longs({1, 5, 2}), counting(f32({4})), scores_bytes},
                 "index 8 is out of bounds for dimension 0 with size 4", 6);
}

TEST(IndexError, InTheBodyOfALoopTheLoopIsBlamed) {
  op::Graph body;
  body.inputs = {f32({2}), i64({2}), f32({4})};
  op::GraphNode select;
  select.op = Op::index_select;
  select.operands = {2, 1};
  select.attrs = op::attrs::index_select::pack(0);
  select.results = {f32({2})};
  body.nodes.push_back(select);
  body.outputs = {3};
  GraphBuilder g;
  const auto state = g.input(f32({2})), steps = g.input(i64({3, 2})), x = g.input(f32({4}));
  const auto start = g.add(Op::neg, {state});
  g.output(g.scan({start, steps, x}, op::attrs::scan::pack(1, 1, false), body));
  g.output(g.add(Op::add, {x, x}));
  expect_failure(g.graph, {counting(f32({2})), longs({0, 1, 2, 3, 4, 0}), counting(f32({4}))},
                 "index 4 is out of bounds for dimension 0 with size 4", 1);
}
}  // namespace
}  // namespace test
}  // namespace torch
