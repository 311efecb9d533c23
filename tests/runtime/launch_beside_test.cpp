// Launches that stand beside each other: one job of the threads.
#include <gtest/gtest.h>

#include <functional>

#include "runtime/cpu/thread_pool.h"
#include "runtime/trace/history.h"
#include "tests/runtime/launches.h"

namespace torch {
namespace runtime {
namespace {
/// `launches` times x + 1, each into an output of its own, beside each other; sizes from 1 on,
/// every third a whole grain.
LaunchPlan beside(int launches) {
  LaunchPlan plan;
  auto k = kernel("add_one", add_one);
  for (int i = 0; i < launches; ++i) {
    const int64_t n = i % 3 ? 1 + 7 * i : 64 * (i + 1);
    plan.input_types.push_back(floats(n));
    plan.output_types.push_back(floats(n));
    const auto number = static_cast<uint32_t>(i);
    plan.launches.push_back({k,
                             {{Slot::input, number, 0}, {Slot::output, number, 0, true}},
                             {8, n},
                             (n + 7) / 8,
                             8,
                             0,
                             number});
    plan.launches.back().beside = i > 0;
    plan.aliases.emplace_back(number, number);
  }
  return plan;
}

TEST(LaunchList, LaunchesBesideEachOtherAreOneJob) {
  constexpr int kLaunches = 50;
  LaunchPlan plan = beside(kLaunches);
  plan.launches[20].tasks = 0;  // one with nothing to do, and one that copies what is there already
  plan.launches[30].copies = true;
  LaunchList list(std::move(plan));
  EXPECT_EQ(list.summary.kernels, kLaunches);
  EXPECT_EQ(list.summary.launches, 1);
  for (int threads : {1, 2, 5}) {
    set_num_threads(threads);
    std::vector<std::vector<float>> x, y;
    std::vector<const void*> in;
    std::vector<void*> out;
    for (const op::Type& type : list.input_types) {
      x.emplace_back(type.bytes() / 4, static_cast<float>(x.size()));
      y.emplace_back(type.bytes() / 4, -1);
    }
    for (size_t i = 0; i < x.size(); ++i) {
      in.push_back(x[i].data());
      out.push_back(i == 30 ? x[i].data() : y[i].data());
    }
    for (int round = 0; round < 20; ++round) list.run(in.data(), out.data());
    for (size_t i = 0; i < x.size(); ++i)
      for (size_t e = 0; e < x[i].size(); ++e)
        ASSERT_EQ(i == 30 ? x[i][e] : y[i][e],
                  i == 20 ? -1 : static_cast<float>(i) + (i == 30 ? 0 : 1))
            << i << ", " << e;
  }
  set_num_threads(0);
}

TEST(LaunchList, HistoryTellsKernelsOfOneLaunch) {
  LaunchPlan plan = beside(6);
  plan.launches[4].beside = false;
  LaunchList list(std::move(plan));
  std::vector<float> x(1000);
  std::vector<std::vector<float>> y(6, x);
  const std::vector<const void*> in(6, x.data());
  std::vector<void*> out;
  for (std::vector<float>& each : y) out.push_back(each.data());
  const uint64_t before = history::count();
  history::enable(true);
  const int64_t begin = history::now();
  list.run(in.data(), out.data());
  const int64_t end = history::now();
  history::enable(false);
  const auto entries = history::entries(before);
  ASSERT_EQ(entries.size(), 6u);
  int64_t ns = 0;
  for (size_t i = 0; i < 6; ++i) {
    EXPECT_EQ(entries[i].launch, entries[0].launch + (i >= 4)) << i;
    EXPECT_EQ(entries[i].node, i);
    if (i) EXPECT_GE(entries[i].begin_ns, entries[i - 1].begin_ns + entries[i - 1].ns) << i;
    ns += entries[i].ns;
  }
  EXPECT_LE(ns, end - begin);
}

TEST(LaunchList, LaunchesBesideEachOtherMustNotMeet) {
  const auto refused = [](const std::function<void(LaunchPlan&)>& change) {
    LaunchPlan plan = beside(3);
    change(plan);
    try {
      LaunchList list(plan);
    } catch (const std::logic_error& e) {
      return std::string(e.what()).find("beside") != std::string::npos;
    }
    return false;
  };
  const auto shares = [](LaunchPlan& plan) { plan.launches[2].buffers[0].index = 0; };
  EXPECT_TRUE(refused(shares));  // the first one's output may be written over it
  EXPECT_FALSE(refused([&](LaunchPlan& plan) { shares(plan), plan.aliases.clear(); }));
  EXPECT_TRUE(refused([](LaunchPlan& plan) {
    plan.launches[2].buffers[0] = {Slot::output, 0, 0};
  }));
  EXPECT_TRUE(refused([](LaunchPlan& plan) { plan.launches[2].buffers[1].index = 0; }));
  // its neighbour's operand
  EXPECT_TRUE(refused([](LaunchPlan& plan) { plan.aliases.emplace_back(0, 2); }));
  EXPECT_TRUE(refused([](LaunchPlan& plan) {
    plan.launches[1].buffers.push_back({Slot::error, 0, 0});
  }));
  EXPECT_TRUE(refused([](LaunchPlan& plan) {
    plan.blocks = {{0, 100}, {64, 100}};
    plan.arena_bytes = 192;
    plan.launches[0].buffers[1] = {Slot::arena, 0, 0, true};
    plan.launches[2].buffers[0] = {Slot::arena, 1, 0};
  }));
}

TEST(LaunchList, AnErrorOfALaunchBesideOthersNamesIt) {
  LaunchPlan plan = beside(9);
  plan.launches[7].kernel = kernel("call", [](void* const*, const int64_t*, int64_t, int64_t,
                                              void*) { throw ValueError(0, "singular"); });
  LaunchList list(std::move(plan));
  std::vector<std::vector<float>> x(9, std::vector<float>(1000)), y = x;
  std::vector<const void*> in;
  std::vector<void*> out;
  for (auto& v : x) in.push_back(v.data());
  for (auto& v : y) out.push_back(v.data());
  for (int threads : {1, 4}) {
    set_num_threads(threads);
    try {
      list.run(in.data(), out.data());
      ADD_FAILURE();
    } catch (const ValueError& e) {
      EXPECT_EQ(e.node, 7u);
    }
  }
  set_num_threads(0);
}
}  // namespace
}  // namespace runtime
}  // namespace torch
