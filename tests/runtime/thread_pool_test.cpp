#include "runtime/cpu/thread_pool.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <numeric>
#include <stdexcept>
#include <thread>
#include <vector>

#include "runtime/cpu/cores.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace runtime {
namespace {

class ThreadPool : public ::testing::TestWithParam<int> {
 protected:
  void SetUp() override { set_num_threads(GetParam()); }
  void TearDown() override { set_num_threads(0); }
};
INSTANTIATE_TEST_SUITE_P(Threads, ThreadPool, ::testing::Values(1, 2, 3, 5, 16));

TEST_P(ThreadPool, EveryTaskRunsOnce) {
  for (int64_t tasks : {0, 1, 2, 3, 7, 64, 1000})
    for (int64_t grain : {1, 2, 3, 100, 5000}) {
      std::vector<int> runs(static_cast<size_t>(tasks));
      parallel(tasks, grain, [&](int64_t begin, int64_t end) {
        ASSERT_LT(begin, end);
        for (int64_t i = begin; i < end; ++i) ++runs[static_cast<size_t>(i)];
      });
      for (int n : runs) ASSERT_EQ(n, 1) << tasks << " " << grain;
    }
}

TEST_P(ThreadPool, ChunksAreWholeGrains) {
  parallel(1000, 7, [&](int64_t begin, int64_t end) {
    if (begin == 0 && end == 1000) return;  // inline
    EXPECT_EQ(begin % 7, 0);
    EXPECT_EQ(end, std::min<int64_t>(begin + 7, 1000));
  });
}

TEST_P(ThreadPool, NestedCallsRunInline) {
  std::atomic<int64_t> sum{0};
  parallel(8, 1, [&](int64_t begin, int64_t end) {
    const std::thread::id here = std::this_thread::get_id();
    for (int64_t i = begin; i < end; ++i)
      parallel(100, 1, [&](int64_t b, int64_t e) {
        if (GetParam() > 1) EXPECT_EQ(std::this_thread::get_id(), here);
        sum += e - b;
      });
  });
  EXPECT_EQ(sum, 800);
}

TEST_P(ThreadPool, AnExceptionReachesTheCaller) {
  for (int round = 0; round < 20; ++round) {
    EXPECT_THROW(parallel(100, 1, [&](int64_t begin, int64_t) {
                   if (begin >= 50 || GetParam() == 1) throw std::runtime_error("task");
                 }),
                 std::runtime_error);
    std::atomic<int> ran{0};
    parallel(100, 1, [&](int64_t b, int64_t e) { ran += static_cast<int>(e - b); });
    EXPECT_EQ(ran, 100);
  }
}

TEST_P(ThreadPool, ManyCallersAtOnce) {
  std::vector<std::thread> callers;
  std::atomic<int64_t> total{0};
  for (int c = 0; c < 12; ++c)
    callers.emplace_back([&] {
      for (int round = 0; round < 200; ++round) {
        std::atomic<int64_t> sum{0};
        parallel(50, 3, [&](int64_t begin, int64_t end) {
          for (int64_t i = begin; i < end; ++i) sum += i;
        });
        total += sum;
      }
    });
  for (auto& t : callers) t.join();
  EXPECT_EQ(total, 12 * 200 * 1225);
}

TEST(ThreadPoolSize, FollowsTheKnob) {
  EXPECT_EQ(num_threads(), knobs().threads ? knobs().threads : available_cores());
  set_num_threads(3);
  EXPECT_EQ(num_threads(), 3);
  EXPECT_EQ(knobs().threads, 3);
  EXPECT_THROW(set_num_threads(-1), std::invalid_argument);
  EXPECT_EQ(num_threads(), 3);
  set_num_threads(0);
}

TEST(ThreadPoolSize, ChangesWhileOthersCompute) {
  std::atomic<bool> stop{false};
  std::thread other([&] {
    while (!stop) {
      std::atomic<int> n{0};
      parallel(64, 1, [&](int64_t b, int64_t e) { n += static_cast<int>(e - b); });
      ASSERT_EQ(n, 64);
    }
  });
  for (int round = 0; round < 100; ++round) set_num_threads(1 + round % 6);
  stop = true;
  other.join();
  set_num_threads(0);
}

TEST(ThreadPoolFork, TheChildComputesToo) {
#if defined(__SANITIZE_THREAD__) || (defined(__has_feature) && __has_feature(thread_sanitizer))
  GTEST_SKIP() << "ThreadSanitizer allows no thread after fork";
#endif
  set_num_threads(4);
  std::atomic<int64_t> sum{0};
  auto add = [&](int64_t begin, int64_t end) { sum += end - begin; };
  parallel(100, 1, add);
  pid_t child = fork();
  if (child == 0) {
    sum = 0;
    parallel(100, 1, add);
    _exit(sum == 100 ? 0 : 1);
  }
  int status = -1;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  set_num_threads(0);
}
}  // namespace
}  // namespace runtime
}  // namespace torch
