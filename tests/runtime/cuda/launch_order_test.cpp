// What of a launch plan may run together, and runs of it from many threads.
#include <atomic>
#include <thread>

#include "runtime/cuda/hazards.h"
#include "tests/runtime/cuda/hand_plans.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {
using namespace hand;

/// A chain and its branches in one arena whose blocks are used again; a result over an input.
LaunchPlan branches() {
  LaunchPlan p = plan({kRow, kRow}, 3,
                      {launch(kernel("add"), {in(0), in(1), temporary(0, true)}),
                       launch(kernel("add"), {in(0), in(0), temporary(1, true)}),
                       launch(kernel("add"), {temporary(0), temporary(1), out(0)}),
                       launch(kernel("copy"), {temporary(1), temporary(0, true)}),
                       launch(kernel("add"), {in(1), in(1), temporary(1, true)}),
                       launch(kernel("add"), {temporary(0), temporary(1), out(1)}),
                       launch(kernel("add"), {in(0), in(1), temporary(2, true)}),
                       launch(kernel("add"), {in(1), temporary(2), out(2)})},
                      3);
  p.aliases = {{2, 0}};
  return p;
}

TEST_F(LaunchGraphs, WhatMayRunTogetherMayRunInAnyOrder) {
  for (const char* order : {"0", "1", "2"}) {
    setenv("WEFT_EMULATE_ORDER", order, 1);
    LaunchGraph graph(branches(), 0);
    BufferRef b = to_gpu(row(3)), y = allocate(kN * 4, gpu()), z = allocate(kN * 4, gpu());
    for (int pass = 0; pass < 3; ++pass) {
      BufferRef a = to_gpu(row(1));
      const void* inputs[] = {a->data(), b->data()};
      void* outputs[] = {y->data(), z->data(), a->data()};
      graph.run(inputs, outputs);
      EXPECT_EQ(to_host<float>(y), row(6, 4));
      EXPECT_EQ(to_host<float>(z), row(8, 4));
      EXPECT_EQ(to_host<float>(a), row(7, 3));
    }
  }
  unsetenv("WEFT_EMULATE_ORDER");
}

TEST_F(LaunchGraphs, KernelsWaitForThoseThatTheyMeet) {
  const FlatPlan flat(branches());
  std::vector<Number> numbers;
  const std::vector<Segment> segments = make_segments(flat, {}, numbers);
  const std::vector<std::vector<uint32_t>> after = hazards(flat, {}, segments[0]);
  const std::vector<std::vector<uint32_t>> expected{{}, {}, {0, 1}, {2}, {3}, {4}, {}, {0, 1, 6}};
  EXPECT_EQ(after, expected);
}

TEST_F(LaunchGraphs, RunsFromManyThreads) {
  LaunchGraph graph(scaled_sum(), 0, {false, false, true});
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      const float s = static_cast<float>(t + 1);
      BufferRef a = to_gpu(row(s)), b = to_gpu(row(3));
      for (int i = 0; i < 20; ++i)
        wrong += run(graph, {a->data(), b->data(), &s}) != row((s + 3) * s, 2 * s);
    });
  for (std::thread& t : threads) t.join();
  EXPECT_EQ(wrong, 0);
}
}  // namespace
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
