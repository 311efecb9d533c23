// Products by cuBLASLt, emulated or not: operands, strides, and how a run calls a library.
#include "runtime/cuda/cublaslt.h"

#include <tuple>

#include "runtime/cuda/launch_graph.h"
#include "tests/runtime/cuda/gpu.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {

class CublasLtTest : public OnGpu {
 protected:
  void SetUp() override {
    OnGpu::SetUp();
    if (!IsSkipped() && !has_cublaslt()) GTEST_SKIP() << cublaslt_absence();
  }
};

/// Small whole numbers, whose products are exact in any order.
template <class T> std::vector<T> numbers(int64_t count, int seed) {
  std::vector<T> all;
  for (int64_t i = 0; i < count; ++i) all.push_back(static_cast<T>((i * 7 + seed) % 11 - 5));
  return all;
}

Product product(op::DType type, int64_t batch, bool transposed_a, bool transposed_b) {
  Product p;
  p.type = type;
  p.batch = batch;
  p.m = 5, p.n = 7, p.k = 3;
  p.transposed_a = transposed_a, p.transposed_b = transposed_b;
  p.row_a = (transposed_a ? p.m : p.k) + 2;  // rows lie apart
  p.row_b = transposed_b ? p.k : p.n;
  p.row_c = p.n;
  p.matrix_a = p.row_a * (transposed_a ? p.k : p.m);
  p.matrix_b = p.row_b * (transposed_b ? p.n : p.k);
  p.matrix_c = p.row_c * p.m;
  return p;
}

template <class T>
std::vector<T> expected(const Product& p, const std::vector<T>& a, const std::vector<T>& b) {
  std::vector<T> c(static_cast<size_t>(p.batch * p.matrix_c));
  for (int64_t x = 0; x < p.batch; ++x)
    for (int64_t i = 0; i < p.m; ++i)
      for (int64_t j = 0; j < p.n; ++j)
        for (int64_t k = 0; k < p.k; ++k)
          c[static_cast<size_t>(x * p.matrix_c + i * p.row_c + j)] +=
              a[static_cast<size_t>(x * p.matrix_a +
                                    (p.transposed_a ? k * p.row_a + i : i * p.row_a + k))] *
              b[static_cast<size_t>(x * p.matrix_b +
                                    (p.transposed_b ? j * p.row_b + k : k * p.row_b + j))];
  return c;
}

template <class T> void check_all(op::DType type) {
  for (int64_t batch : {1, 3})
    for (bool ta : {false, true})
      for (bool tb : {false, true}) {
        const Product p = product(type, batch, ta, tb);
        const auto made = make_lt_product(0, p);
        ASSERT_TRUE(made);
        const std::vector<T> a = numbers<T>(batch * p.matrix_a, 1),
                             b = numbers<T>(batch * p.matrix_b, 2);
        BufferRef on_a = to_gpu(a), on_b = to_gpu(b),
                  c = allocate(static_cast<size_t>(batch * p.matrix_c) * sizeof(T), gpu()),
                  workspace = allocate(made->workspace_bytes, gpu());
        made->enqueue(Device::get(0).stream, on_a->data(), on_b->data(), c->data(),
                      workspace->data());
        EXPECT_EQ(to_host<T>(c), expected(p, a, b)) << batch << ta << tb;
      }
}

TEST_F(CublasLtTest, EveryTransposition) {
  check_all<float>(op::DType::Float);
  check_all<double>(op::DType::Double);
}

TEST_F(CublasLtTest, WithoutAnAlgorithmThereIsNone) {
  if (!emulated()) GTEST_SKIP() << "there is one";
  EXPECT_FALSE(make_lt_product(0, product(op::DType::Half, 1, false, false)));
}

/// c = a b; d = a b': two products in one graph, wherever the operands lie.
TEST_F(CublasLtTest, IsPartOfAGraph) {
  const Product first = product(op::DType::Float, 1, false, false);
  const Product second = product(op::DType::Float, 1, false, true);
  LaunchPlan plan;
  auto floats = [](int64_t n) { return op::Type(op::DType::Float, {n}); };
  plan.input_types = {floats(first.matrix_a), floats(first.matrix_b)};
  plan.output_types = {floats(first.matrix_c), floats(first.matrix_c)};
  plan.blocks = {{0, size_t(32) << 20}};
  plan.arena_bytes = size_t(32) << 20;
  uint32_t output = 0;
  for (const Product& p : {first, second}) {
    auto kernel = std::make_shared<Kernel>();
    kernel->name = "matmul";
    kernel->kind = "contraction";
    kernel->enqueue = enqueued(make_lt_product(0, p));
    Launch l;
    l.kernel = kernel;
    l.buffers = {{Slot::input, 0, 0, false},
                 {Slot::input, 1, 0, false},
                 {Slot::output, output++, 0, true},
                 {Slot::arena, 0, 0, true}};
    plan.launches.push_back(l);
  }
  const LaunchGraph graph(std::move(plan), 0);
  const size_t graphs = emulate::held().graphs;
  const uint64_t launches = emulate::calls().graph_launches;
  for (int pass = 0; pass < 7; ++pass) {
    const auto a = numbers<float>(first.matrix_a, pass), b = numbers<float>(first.matrix_b, 2);
    BufferRef on_a = to_gpu(a), on_b = to_gpu(b);
    std::vector<BufferRef> results;
    for (int i = 0; i < 2 + pass % 5; ++i)
      results.push_back(allocate(static_cast<size_t>(first.matrix_c) * 4, gpu()));
    const BufferRef &c = results[results.size() - 2], &d = results.back();
    const void* inputs[] = {on_a->data(), on_b->data()};
    void* outputs[] = {c->data(), d->data()};
    graph.run(inputs, outputs);
    EXPECT_EQ(to_host<float>(c), expected(first, a, b));
    EXPECT_EQ(to_host<float>(d), expected(second, a, b));
  }
  EXPECT_COUNTED(emulate::calls().graph_launches - launches, 6u);
  EXPECT_COUNTED(emulate::held().graphs, graphs + 1);
}
/// A library that cannot be recorded.
TEST_F(CublasLtTest, WhatCannotBeRecordedIsCalled) {
  auto kernel = std::make_shared<Kernel>();
  kernel->name = "zeros";
  kernel->kind = "library";
  kernel->enqueue = [](void* stream, void* const* buffers) {
    const Device& d = Device::get(0);
    if (stream != d.stream) throw std::runtime_error("only in the device's stream");
    check(d.driver.cuMemsetD8Async(reinterpret_cast<CUdeviceptr>(buffers[0]), 0, 64, d.stream),
          "writing zeros");
  };
  LaunchPlan plan;
  plan.output_types = {op::Type(op::DType::Int, {16}), op::Type(op::DType::Int, {16})};
  for (uint32_t o = 0; o < 2; ++o) {
    Launch l;
    l.kernel = kernel;
    l.buffers = {{Slot::output, o, 0, true}};
    plan.launches.push_back(l);
  }
  const LaunchGraph graph(std::move(plan), 0);
  const size_t graphs = emulate::held().graphs;
  for (int pass = 0; pass < 3; ++pass) {
    BufferRef y = to_gpu(std::vector<int>(16, 1)), z = to_gpu(std::vector<int>(16, 1));
    void* outputs[] = {y->data(), z->data()};
    graph.run(nullptr, outputs);
    EXPECT_EQ(to_host<int>(y), std::vector<int>(16));
    EXPECT_EQ(to_host<int>(z), std::vector<int>(16));
  }
  EXPECT_COUNTED(emulate::held().graphs, graphs);
}
}  // namespace
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
