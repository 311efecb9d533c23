// Indices that are out of range, on a GPU: whatever kernel reads or writes by them, before or behind
// the check, touches no memory that is not its own (in emulation, buffers lie at inaccessible pages);
// the run's error says which index it was, and the GPU goes on.
#include <gtest/gtest.h>

#include "tests/codegen/cuda/device.h"
#include "tests/codegen/cuda/small_program.h"
#include "tests/codegen/indexed_ops.h"
#include "tests/codegen/tiers.h"

namespace torch {
namespace test {
namespace {
using op::DType;
using op::Op;

// The op, and what reads its result: a row's kernel and a product's.
SmallProgram program(const IndexedOp& c, DType index) {
  SmallProgram p;
  const uint32_t x = p.input(DType::Float, {3, 50}), i = p.input(index, c.index);
  std::vector<uint32_t> operands{x, i};
  if (!c.src.empty()) operands.push_back(p.input(DType::Float, c.src));
  const uint32_t w = p.input(DType::Float, {c.src.empty() ? 40 : 50, 8});
  const uint32_t y = p.add(c.op, operands, c.attrs);
  p.graph.outputs = {y, p.reduce(Op::sum, y, {1}), p.add(Op::matmul, {y, w})};
  return p;
}
void put(Bytes& bytes, DType dtype, size_t at, int64_t value) {
  const size_t width = op::dtype_bytes(dtype);
  std::memcpy(bytes.data() + at * width, &value, width);
}
std::string failure_of(const op::Graph& graph, const std::vector<Bytes>& inputs) {
  try {
    run_on_gpu(graph, inputs);
  } catch (const runtime::ValueError& e) {
    return e.what();
  }
  return "no error";
}

TEST(IndexErrorOnAGpu, TouchesNothingElse) {
  for (const IndexedOp& c : indexed_ops())
    for (DType index : {DType::Long, DType::Int})
      for (int64_t bad : {int64_t{50}, int64_t{-1}, int64_t{-1} << 30, int64_t{1} << 30,
                          int64_t{1} << (index == DType::Long ? 45 : 28)}) {
        SCOPED_TRACE(std::string(op::name(c.op)) + " by " + op::dtype_name(index) + " " +
                     std::to_string(bad));
        const SmallProgram p = program(c, index);
        std::vector<Bytes> inputs = draw_inputs(p.inputs, 3);
        const auto n = static_cast<size_t>(op::Type(index, c.index).numel());
        for (size_t i = 0; i < n; ++i) put(inputs[1], index, i, static_cast<int64_t>(i % 50));
        const std::vector<Bytes> good = inputs;
        put(inputs[1], index, 13, bad);
        EXPECT_EQ(failure_of(p.graph, inputs), "index " + std::to_string(bad) +
                                                   " is out of bounds for dimension 1 with size 50");
        const std::vector<Bytes> expected = run(p.graph, codegen::Tier::reference, good);
        const std::vector<Bytes> got = run_on_gpu(p.graph, good);
        for (size_t o = 0; o < got.size(); ++o)
          EXPECT_EQ(far(p.type(p.graph.outputs[o]), expected[o], got[o], 4e-6), "");
      }
}
// One index of two tensors is held in the range of the shorter one.
TEST(IndexErrorOnAGpu, OfTwoTensors) {
  SmallProgram p;
  const uint32_t x = p.input(DType::Float, {1000, 24}), z = p.input(DType::Float, {10, 24}),
                 i = p.input(DType::Long, {600});
  const uint32_t rows = p.add(Op::index_select, {x, i}, op::attrs::index_select::pack(0));
  p.graph.outputs = {p.add(Op::index_add, {z, i, rows}, op::attrs::index_add::pack(0)),
                     p.add(Op::add, {rows, p.add(Op::index_select, {z, i},
                                                 op::attrs::index_select::pack(0))})};
  std::vector<Bytes> inputs = draw_inputs(p.inputs, 3);
  for (size_t at = 0; at < 600; ++at) put(inputs[2], DType::Long, at, 500);
  EXPECT_EQ(failure_of(p.graph, inputs), "index 500 is out of bounds for dimension 0 with size 10");
}
// Nothing can be written to: what comes out is known before anything runs.
TEST(IndexErrorOnAGpu, OfNothing) {
  SmallProgram p;
  const uint32_t x = p.input(DType::Float, {0, 24}), i = p.input(DType::Long, {600}),
                 src = p.input(DType::Float, {600, 24});
  p.graph.outputs = {p.add(Op::index_add, {x, i, src}, op::attrs::index_add::pack(0))};
  EXPECT_EQ(failure_of(p.graph, draw_inputs(p.inputs, 3)), "no error");
}
// Few rows and a long dim: ranges of it belong to threads, of which the last is cut.
TEST(IndexErrorOnAGpu, BehindTheLastRange) {
  SmallProgram p;
  const uint32_t x = p.input(DType::Float, {1001}), i = p.input(DType::Long, {40000}),
                 src = p.input(DType::Float, {40000});
  p.graph.outputs = {p.add(Op::index_add, {x, i, src}, op::attrs::index_add::pack(0))};
  std::vector<Bytes> inputs = draw_inputs(p.inputs, 3);
  for (size_t at = 0; at < 40000; ++at)
    put(inputs[1], DType::Long, at, static_cast<int64_t>(at * 7 % 1001));
  for (int64_t bad : {1001, 1002, 1023}) {
    put(inputs[1], DType::Long, 77, bad);
    EXPECT_EQ(failure_of(p.graph, inputs), "index " + std::to_string(bad) +
                                               " is out of bounds for dimension 0 with size 1001");
  }
}
}  // namespace
}  // namespace test
}  // namespace torch
