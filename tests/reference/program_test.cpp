// What happens around the ops: memory, outputs, scans, errors.
#include "tests/reference/compare.h"
#include "runtime/device/buffer.h"
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
  const uint32_t h = body.input(floats({2})), x = body.input(floats({2})),
                 w = body.input(floats({}));
  const uint32_t scaled = body.add(Op::mul, {x, w});
  const uint32_t next = body.add(Op::add, {h, scaled});
  body.output(next);
  body.output(next);
  body.output(body.add(Op::neg, {h}));
  op::GraphBuilder b;
  const uint32_t h0 = b.input(floats({2})), xs = b.input(floats({steps, 2})),
                 weight = b.input(floats({}));
  const uint32_t first = b.scan({h0, xs, weight}, attrs::scan::pack(1, 1, reverse), body.graph);
  for (uint32_t i = 0; i < 3; ++i) b.output(first + i);
  return b.graph;
}

TEST(ReferenceProgram, ScanCarriesAndStacks) {
  std::mt19937 random(2);
  for (bool reverse : {false, true})
    for (int64_t steps : {0, 1, 2, 7})
      expect_as_oracle(
          running_sum(reverse, steps),
          {random_tensor(floats({2}), random), random_tensor(floats({steps, 2}), random),
           random_tensor(floats({}), random)},
          4, 10);
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
  expect_as_oracle(b.graph, {random_tensor(floats({}), random), random_tensor(floats({}), random),
                             random_tensor(floats({3}), random)});
}

TEST(ReferenceProgram, GradIsRefused) {
  op::GraphBuilder b;
  const uint32_t x = b.input(floats({}));
  const uint32_t y = b.add(Op::exp, {x});
  b.output(b.add(Op::grad, {y, y, x}, attrs::grad::pack(1, false)));
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

// m' = m / 2 + g, p' = p - m' p: the second is made while p is read, the first after. With an index
// in front or at the end, nothing may be written before it is known to be right.
TEST(ReferenceProgram, OutputsOverInputsTakeHardlyMoreMemory) {
  constexpr size_t kUpdates = 30;
  const op::Type large = floats({64 << 10});
  for (int check : {-1, 0, 1}) {
    op::GraphBuilder b;
    std::vector<uint32_t> in;
    for (size_t i = 0; i < 3 * kUpdates; ++i) in.push_back(b.input(large));
    const uint32_t table = b.input(floats({4})),
                   index = b.input(op::Type(op::DType::Long, op::Dims{2}));
    const auto pick = [&] { return b.add(Op::gather, {table, index}, attrs::gather::pack(0)); };
    const uint32_t early = check == 0 ? pick() : 0;
    for (size_t i = 0; i < kUpdates; ++i) {
      const uint32_t p = in[3 * i], m = in[3 * i + 1], g = in[3 * i + 2];
      const uint32_t fresh = b.add(Op::add, {b.add(Op::mul, {m, m}), g});
      b.output(fresh);
      b.output(b.add(Op::sub, {p, b.add(Op::mul, {fresh, p})}));
    }
    if (check >= 0) b.output(check == 0 ? early : pick());
    const ReferenceExecutable executable(b.graph);
    std::mt19937 random(2);
    std::vector<std::vector<float>> values, apart;
    for (size_t i = 0; i < 3 * kUpdates; ++i) {
      values.emplace_back(large.numel());
      for (float& x : values.back()) x = static_cast<float>(random()) * 0x1p-32f;
    }
    std::vector<float> rows{1, 2, 3, 4}, picked(2);
    std::vector<int64_t> rows_wanted{3, 4};
    std::vector<const void*> inputs;
    std::vector<void*> outputs, over;
    for (const auto& v : values) inputs.push_back(v.data());
    inputs.push_back(rows.data());
    inputs.push_back(rows_wanted.data());
    for (size_t i = 0; i < 2 * kUpdates; ++i) apart.emplace_back(large.numel());
    for (size_t i = 0; i < kUpdates; ++i) {
      outputs.insert(outputs.end(), {apart[2 * i].data(), apart[2 * i + 1].data()});
      over.insert(over.end(), {values[3 * i + 1].data(), values[3 * i].data()});
    }
    outputs.push_back(picked.data());
    over.push_back(picked.data());
    const auto before = values;
    if (check >= 0) {
      EXPECT_THROW(executable.run(inputs.data(), over.data()), runtime::ValueError);
      EXPECT_EQ(values, before);
    }
    rows_wanted[1] = 0;
    executable.run(inputs.data(), outputs.data());
    EXPECT_EQ(values, before);
    runtime::reset_peak_memory();
    const size_t held = runtime::memory_statistics().peak;
    executable.run(inputs.data(), over.data());
    if (check < 1) EXPECT_LE(runtime::memory_statistics().peak - held, 4 * large.bytes());
    for (size_t i = 0; i < kUpdates; ++i) {
      EXPECT_EQ(values[3 * i + 1], apart[2 * i]) << i;
      EXPECT_EQ(values[3 * i], apart[2 * i + 1]) << i;
      EXPECT_EQ(values[3 * i + 2], before[3 * i + 2]) << i;
    }
  }
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
