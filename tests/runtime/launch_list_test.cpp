#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <thread>

#include "runtime/cpu/thread_pool.h"
#include "runtime/executable/error_report.h"
#include "runtime/trace/history.h"
#include "runtime/trace/knobs.h"
#include "tests/runtime/launches.h"

namespace torch {
namespace runtime {
namespace {

/// buffers: table, index, y, error. y = table[index].
void pick(void* const* buffers, const int64_t* params, int64_t begin, int64_t end, void*) {
  auto* table = static_cast<const float*>(buffers[0]);
  auto* index = static_cast<const int64_t*>(buffers[1]);
  auto* y = static_cast<float*>(buffers[2]);
  for (int64_t i = begin; i < end; ++i) {
    if (index[i] < 0 || index[i] >= params[0])
      weft_index_error(buffers[3], 0, i, index[i], params[0], 0);
    else
      y[i] = table[index[i]];
  }
}
/// Writes its scratch full, then the sum of it.
void use_scratch(void* const* buffers, const int64_t* params, int64_t begin, int64_t end,
                 void* scratch) {
  auto* s = static_cast<float*>(scratch);
  for (int64_t t = begin; t < end; ++t) {
    float sum = 0;
    for (int64_t i = 0; i < params[0]; ++i) s[i] = static_cast<float>(t);
    for (int64_t i = 0; i < params[0]; ++i) sum += s[i];
    static_cast<float*>(buffers[0])[t] = sum;
  }
}

/// buffers: x, sum; params: numbers. Its scratch holds all of them.
void add_up(void* const* buffers, const int64_t* params, int64_t begin, int64_t end,
            void* scratch) {
  ASSERT_EQ(end - begin, 1);
  auto* all = static_cast<float*>(scratch);
  std::copy_n(static_cast<const float*>(buffers[0]), params[0], all);
  *static_cast<float*>(buffers[1]) = std::accumulate(all, all + params[0], 0.0f);
}

/// x + 1 + 1 ... in `launches` launches through two arena blocks.
LaunchPlan chain(int launches, int64_t n, int64_t a_task) {
  LaunchPlan plan;
  plan.input_types = {floats(n)};
  plan.output_types = {floats(n)};
  const size_t bytes = static_cast<size_t>(n) * 4, padded = (bytes + 63) / 64 * 64;
  plan.blocks = {{0, bytes}, {padded, bytes}};
  plan.arena_bytes = padded + bytes;
  auto k = kernel("add_one", add_one);
  for (int i = 0; i < launches; ++i) {
    Slot from{i ? Slot::arena : Slot::input, i ? static_cast<uint32_t>((i - 1) % 2) : 0, 0};
    Slot to{i + 1 < launches ? Slot::arena : Slot::output,
            i + 1 < launches ? static_cast<uint32_t>(i % 2) : 0, 0};
    plan.launches.push_back(
        {k, {from, to}, {a_task, n}, (n + a_task - 1) / a_task, 1, 0, static_cast<uint32_t>(i)});
  }
  plan.aliases = {{0, 0}};
  return plan;
}

TEST(LaunchList, RunsInOrder) {
  LaunchList list(chain(5, 1000, 64));
  std::vector<float> x(1000), y(1000);
  for (size_t i = 0; i < 1000; ++i) x[i] = static_cast<float>(i);
  const void* in[] = {x.data()};
  void* out[] = {y.data()};
  list.run(in, out);
  for (size_t i = 0; i < 1000; ++i) ASSERT_EQ(y[i], x[i] + 5);
  void* donated[] = {x.data()};
  list.run(in, donated);
  EXPECT_EQ(x, y);
  EXPECT_TRUE(list.may_alias(0, 0));
  EXPECT_FALSE(list.may_alias(0, 1));
  EXPECT_EQ(list.summary.kernels, 5);
}

// Launches beside each other, each with a tail: it runs once, when every task of its launch is done.
TEST(LaunchList, ATailFindsWhatAllTasksLeft) {
  constexpr int64_t kNumbers = 600;
  LaunchPlan plan;
  for (uint32_t i = 0; i < 3; ++i) {
    plan.input_types.push_back(floats(kNumbers));
    plan.output_types.push_back(floats(kNumbers));
    plan.output_types.push_back(floats(1));
    Launch launch{kernel("add_one", add_one),
                  {{Slot::input, i, 0},
                   {Slot::output, 2 * i, 0, true},
                   {Slot::output, 2 * i, 0},
                   {Slot::output, 2 * i + 1, 0, true}},
                  {2, kNumbers},
                  kNumbers / 2,
                  1 + i,
                  0,
                  i};
    launch.beside = i > 0;
    launch.tail = {kernel("add_up", add_up), 2, {kNumbers}, 1, kNumbers * sizeof(float)};
    plan.launches.push_back(std::move(launch));
  }
  LaunchList list(std::move(plan));
  EXPECT_EQ(list.summary.launches, 1);
  for (int threads : {1, 2, 5}) {
    set_num_threads(threads);
    for (int round = 0; round < 200; ++round) {
      const std::vector<float> x(kNumbers, static_cast<float>(round));
      std::vector<std::vector<float>> y(6, std::vector<float>(kNumbers));
      const void* in[] = {x.data(), x.data(), x.data()};
      void* out[6];
      for (size_t o = 0; o < 6; ++o) out[o] = y[o].data();
      list.run(in, out);
      for (size_t o = 1; o < 6; o += 2) ASSERT_EQ(y[o][0], kNumbers * static_cast<float>(round + 1));
    }
  }
  set_num_threads(0);
}

TEST(LaunchList, UnwantedOutputsNeedNoMemory) {
  LaunchPlan plan = chain(2, 100, 100);
  plan.output_types.push_back(floats(100));
  plan.launches.push_back({kernel("add_one", add_one),
                           {{Slot::output, 0, 0}, {Slot::output, 1, 0}},
                           {100, 100},
                           1,
                           1,
                           0,
                           9});
  LaunchList list(std::move(plan));
  std::vector<float> x(100, 1), y(100);
  const void* in[] = {x.data()};
  void* only_second[] = {nullptr, y.data()};
  list.run(in, only_second);
  EXPECT_EQ(y[99], 4);
  void* neither[] = {nullptr, nullptr};
  list.run(in, neither);
}

TEST(LaunchList, ConstantsOffsetsAndScratch) {
  LaunchPlan plan;
  plan.output_types = {floats(10), floats(5)};
  BufferRef constant = allocate(40);
  for (int i = 0; i < 10; ++i) static_cast<float*>(constant->data())[i] = static_cast<float>(i);
  plan.constants = {constant};
  plan.launches.push_back(
      {kernel("scratch", use_scratch), {{Slot::output, 0, 0}}, {100}, 10, 1, 400, 0});
  plan.launches.push_back({kernel("add_one", add_one),
                           {{Slot::constant, 0, 20}, {Slot::output, 1, 0}},
                           {5, 5},
                           1,
                           1,
                           0,
                           1});
  LaunchList list(std::move(plan));
  std::vector<float> a(10), b(5);
  void* out[] = {a.data(), b.data()};
  list.run(nullptr, out);
  for (size_t i = 0; i < 10; ++i) EXPECT_EQ(a[i], 100.0f * static_cast<float>(i));
  EXPECT_EQ(b, (std::vector<float>{6, 7, 8, 9, 10}));
}

TEST(LaunchList, AValueErrorStopsTheRunAndNamesTheFirst) {
  LaunchPlan plan;
  plan.input_types = {floats(4), op::Type(op::DType::Long, op::Dims{100})};
  plan.output_types = {floats(100), floats(100)};
  plan.launches.push_back(
      {kernel("pick", pick),
       {{Slot::input, 0, 0}, {Slot::input, 1, 0}, {Slot::output, 0, 0}, {Slot::error, 0, 0}},
       {4},
       100,
       1,
       0,
       17});
  plan.launches.push_back({kernel("add_one", add_one),
                           {{Slot::output, 0, 0}, {Slot::output, 1, 0}},
                           {100, 100},
                           1,
                           1,
                           0,
                           18});
  LaunchList list(std::move(plan));
  std::vector<float> table{1, 2, 3, 4}, y(100), z(100);
  std::vector<int64_t> index(100, 2);
  const void* in[] = {table.data(), index.data()};
  void* out[] = {y.data(), z.data()};
  list.run(in, out);
  EXPECT_EQ(z[50], 4);
  z[50] = -1;
  index[30] = 4;
  index[77] = -1;
  for (int threads : {1, 4}) {
    set_num_threads(threads);
    for (int round = 0; round < 20; ++round) try {
        list.run(in, out);
        FAIL();
      } catch (const ValueError& e) {
        EXPECT_EQ(e.node, 17u);
        EXPECT_STREQ(e.what(), "index 4 is out of bounds for dimension 0 with size 4");
      }
  }
  set_num_threads(0);
  EXPECT_EQ(z[50], -1);
}

TEST(LaunchList, AFunctionOfOursMayThrow) {
  LaunchPlan plan = chain(2, 10, 10);
  plan.launches[0].kernel = kernel("call", [](void* const*, const int64_t*, int64_t, int64_t,
                                              void*) { throw ValueError(0, "singular"); });
  plan.launches[0].node = 5;
  LaunchList list(std::move(plan));
  std::vector<float> x(10), y(10);
  const void* in[] = {x.data()};
  void* out[] = {y.data()};
  try {
    list.run(in, out);
    FAIL();
  } catch (const ValueError& e) {
    EXPECT_EQ(e.node, 5u);
    EXPECT_STREQ(e.what(), "singular");
  }
}

TEST(LaunchList, ThreadsRunItAtOnce) {
  LaunchList list(chain(6, 5000, 100));
  std::vector<std::thread> threads;
  for (int t = 0; t < 6; ++t)
    threads.emplace_back([&list, t] {
      std::vector<float> x(5000, static_cast<float>(t)), y(5000);
      const void* in[] = {x.data()};
      void* out[] = {y.data()};
      for (int round = 0; round < 50; ++round) {
        list.run(in, out);
        for (float v : y) ASSERT_EQ(v, static_cast<float>(t + 6));
      }
    });
  for (auto& t : threads) t.join();
}

TEST(LaunchList, HistoryNamesEveryLaunch) {
  LaunchList list(chain(3, 10, 10));
  std::vector<float> x(10), y(10);
  const void* in[] = {x.data()};
  void* out[] = {y.data()};
  history::enable(true);
  const uint64_t before = history::count();
  list.run(in, out);
  history::enable(false);
  auto entries = history::entries(before);
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries[2].name, "add_one");
  EXPECT_EQ(entries[2].kind, "map");
  EXPECT_EQ(entries[2].node, 2u);
  EXPECT_GE(entries[2].begin_ns, entries[1].begin_ns + entries[1].ns);
}


TEST(LaunchList, ContradictionsAreRefused) {
  LaunchPlan plan = chain(2, 10, 10);
  plan.launches[0].buffers[0].index = 3;
  EXPECT_THROW(LaunchList{plan}, std::logic_error);
  plan = chain(2, 10, 10);
  plan.arena_bytes = 64;
  EXPECT_THROW(LaunchList{plan}, std::logic_error);
}

TEST(LaunchListGuardDeathTest, ATemporaryEndsAtAnInaccessiblePage) {
  const Knobs before = knobs();
  Knobs guarded = before;
  guarded.guard = Knobs::Guard::end;
  set_knobs(guarded);
  LaunchPlan plan = chain(2, 10, 10);
  plan.launches[0].params = {11, 11};
  LaunchList list(std::move(plan));
  std::vector<float> x(11), y(11);
  const void* in[] = {x.data()};
  void* out[] = {y.data()};
  EXPECT_DEATH(list.run(in, out), "");
  set_knobs(before);
}
}  // namespace
}  // namespace runtime
}  // namespace torch
