// What happens around the ops: memory, outputs, scans, errors.
#include "tests/reference/compare.h"
#include "runtime/trace/history.h"

namespace torch {
namespace reference {
namespace {

using op::Dims;
using op::DType;
using op::Op;
using op::Type;
namespace attrs = op::attrs;

Type floats(Dims dims) { return Type(DType::Float, std::move(dims)); }

TEST(ReferenceProgram, OutputsMayBeInputsDuplicatesAndViews) {
  op::GraphBuilder b;
  const uint32_t x = b.input(floats({2, 3}));
  const uint32_t y = b.add(Op::exp, {x}), flat = b.add(Op::reshape, {y}, attrs::reshape::pack({6}));
  const uint32_t z = b.add(Op::add, {flat, flat});
  for (uint32_t v : {x, y, flat, y, z, b.add(Op::detach, {x})}) b.output(v);
  std::mt19937 random(1);
  expect_as_oracle(b.graph, {random_tensor(floats({2, 3}), random)}, 8);
}

TEST(ReferenceProgram, UnwantedOutputsAreNotWritten) {
  op::GraphBuilder b;
  const uint32_t x = b.input(floats({3}));
  const uint32_t y = b.add(Op::neg, {x});
  b.output(y);
  b.output(b.add(Op::neg, {y}));
  ReferenceExecutable e(b.graph);
  float in[3] = {1, 2, 3}, out[3];
  const void* inputs[] = {in};
  void* outputs[] = {nullptr, out};
  e.run(inputs, outputs);
  EXPECT_EQ(out[2], 3);
  EXPECT_EQ(e.output_types.size(), 2u);
  EXPECT_TRUE(e.summary.reference);
}

TEST(ReferenceProgram, DonatedInputsAreReadBeforeTheyAreWritten) {
  // p, m -> p', m' as an optimizer does, in every exchange of memory; and a swap.
  op::GraphBuilder b;
  const uint32_t p = b.input(floats({4})), m = b.input(floats({4}));
  const uint32_t next_m = b.add(Op::add, {m, p});
  b.output(b.add(Op::sub, {p, next_m}));
  b.output(next_m);
  b.output(m);
  b.output(p);
  ReferenceExecutable e(b.graph);
  const std::vector<float> p0 = {1, 2, 3, 4}, m0 = {10, 20, 30, 40};
  auto run = [&](int i0, int i1, int i2, int i3) {
    std::vector<float> memory[4] = {p0, m0, p0, m0};
    const void* in[] = {memory[0].data(), memory[1].data()};
    void* out[] = {memory[i0].data(), memory[i1].data(), memory[i2].data(), memory[i3].data()};
    e.run(in, out);
    for (size_t k = 0; k < 4; ++k) {
      EXPECT_EQ(memory[i0][k], p0[k] - (m0[k] + p0[k]));
      EXPECT_EQ(memory[i1][k], m0[k] + p0[k]);
      EXPECT_EQ(memory[i2][k], m0[k]);
      EXPECT_EQ(memory[i3][k], p0[k]);
    }
  };
  run(0, 1, 2, 3);
  run(1, 0, 3, 2);
  run(2, 3, 0, 1);  // swap
  run(2, 3, 1, 0);
  EXPECT_TRUE(e.may_alias(0, 1));
}

TEST(ReferenceProgram, AValueErrorLeavesInputsAsTheyWere) {
  op::GraphBuilder b;
  const uint32_t x = b.input(floats({3})), i = b.input(Type(DType::Long, {1}));
  const uint32_t y = b.add(Op::neg, {x});
  b.output(y);
  b.output(b.add(Op::index_select, {y, i}, attrs::index_select::pack(0)));
  ReferenceExecutable e(b.graph);
  float in[3] = {1, 2, 3}, picked;
  int64_t index = 5;
  const void* inputs[] = {in, &index};
  void* outputs[] = {in, &picked};
  EXPECT_THROW(e.run(inputs, outputs), runtime::ValueError);
  EXPECT_EQ(in[1], 2);
  index = 2;
  e.run(inputs, outputs);
  EXPECT_EQ(in[1], -2);
  EXPECT_EQ(picked, -3);
}

op::Graph running_sum(bool reverse, int64_t steps) {
  op::GraphBuilder body;
  const uint32_t h = body.input(floats({2})), x = body.input(floats({2})), w = body.input(floats({}));
  const uint32_t scaled = body.add(Op::mul, {x, w});
  const uint32_t next = body.add(Op::add, {h, scaled});
  body.output(next);
  body.output(next);
  body.output(body.add(Op::neg, {h}));
  op::GraphBuilder b;
  const uint32_t h0 = b.input(floats({2})), xs = b.input(floats({steps, 2})), weight = b.input(floats({}));
  const uint32_t first = b.scan({h0, xs, weight}, attrs::scan::pack(1, 1, reverse), body.graph);
  for (uint32_t i = 0; i < 3; ++i) b.output(first + i);
  return b.graph;
}

TEST(ReferenceProgram, ScanCarriesAndStacks) {
  std::mt19937 random(2);
  for (bool reverse : {false, true})
    for (int64_t steps : {0, 1, 2, 7})
      expect_as_oracle(running_sum(reverse, steps),
                       {random_tensor(floats({2}), random), random_tensor(floats({steps, 2}), random), random_tensor(floats({}), random)}, 4, 10);
}

TEST(ReferenceProgram, ScanMaySwapItsStates) {
  op::GraphBuilder body;
  const uint32_t a = body.input(floats({})), c = body.input(floats({})), x = body.input(floats({}));
  body.output(c);
  body.output(a);
  body.output(x);
  op::GraphBuilder b;
  const uint32_t a0 = b.input(floats({})), c0 = b.input(floats({})), xs = b.input(floats({3}));
  const uint32_t first = b.scan({a0, c0, xs}, attrs::scan::pack(2, 1, false), body.graph);
  for (uint32_t i = 0; i < 3; ++i) b.output(first + i);
  std::mt19937 random(2);
  expect_as_oracle(b.graph, {random_tensor(floats({}), random), random_tensor(floats({}), random), random_tensor(floats({3}), random)});
}

TEST(ReferenceProgram, GradIsRefused) {
  op::GraphBuilder b;
  const uint32_t x = b.input(floats({}));
  const uint32_t y = b.add(Op::exp, {x});
  b.output(b.add(Op::grad, {y, y, x}, attrs::grad::pack(1)));
  try {
    ReferenceExecutable e(b.graph);
    FAIL();
  } catch (const std::invalid_argument& e) {
    EXPECT_NE(std::string(e.what()).find("autodiff"), std::string::npos);
  }
}

TEST(ReferenceProgram, TemporariesShareTheArena) {
  op::GraphBuilder b;
  uint32_t x = b.input(floats({1000}));
  for (int i = 0; i < 50; ++i) x = b.add(Op::neg, {x});
  b.output(x);
  ReferenceExecutable e(b.graph);
  EXPECT_LE(e.summary.arena_bytes, 3 * 4096u);
  EXPECT_EQ(e.summary.kernels, 50);
}

TEST(ReferenceProgram, RunsAreInTheHistory) {
  op::GraphBuilder b;
  const uint32_t x = b.input(floats({2}));
  b.output(b.add(Op::neg, {b.add(Op::exp, {x})}));
  std::mt19937 random(2);
  runtime::history::enable(true);
  const uint64_t before = runtime::history::count();
  run_reference(b.graph, {random_tensor(floats({2}), random)});
  runtime::history::enable(false);
  auto entries = runtime::history::entries(before);
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[1].name, "neg");
  EXPECT_EQ(entries[1].kind, "reference");
}
}  // namespace
}  // namespace reference
}  // namespace torch
