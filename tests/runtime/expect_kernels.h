/// Pins what is fused: EXPECT_KERNELS(2, statement), the statement launches two kernels;
/// EXPECT_KERNELS("1 map, 1 reduction", statement), and these. EXPECT_LAUNCHES(1, statement):
/// however many kernels, they stand beside each other in so many launches.
#pragma once
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "runtime/trace/history.h"

namespace torch {
namespace runtime {

/// The kernels that this thread launches while the object lives.
class LaunchedKernels {
 public:
  LaunchedKernels() : was_enabled_(history::enabled()) {
    history::enable(true);
    first_ = history::count();
  }
  ~LaunchedKernels() { history::enable(was_enabled_); }
  std::vector<history::Entry> list() const {
    std::vector<history::Entry> mine;
    for (history::Entry& e : history::entries(first_))
      if (e.thread == history::thread_number()) mine.push_back(std::move(e));
    return mine;
  }

 private:
  const bool was_enabled_;
  uint64_t first_;
};

/// "2 contraction, 1 map".
inline std::string kinds(const std::vector<history::Entry>& kernels) {
  std::map<std::string, int> counts;
  for (const history::Entry& e : kernels) ++counts[e.kind];
  std::string text;
  for (const auto& [kind, count] : counts)
    text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + kind;
  return text;
}
inline std::string spelled(const std::vector<history::Entry>& kernels, size_t) {
  return std::to_string(kernels.size());
}
inline std::string spelled(const std::vector<history::Entry>& kernels, const char*) {
  return kinds(kernels);
}

inline size_t launches(const std::vector<history::Entry>& kernels) {
  std::set<uint64_t> numbers;
  for (const history::Entry& e : kernels) numbers.insert(e.launch);
  return numbers.size();
}

template <class Expected>
::testing::AssertionResult launched(Expected expected, const std::vector<history::Entry>& kernels) {
  std::stringstream text;
  text << expected;
  const std::string got = spelled(kernels, expected);
  if (got == text.str()) return ::testing::AssertionSuccess();
  ::testing::AssertionResult failure = ::testing::AssertionFailure();
  failure << "launched kernels: " << got << "; expected: " << expected;
  for (const history::Entry& e : kernels)
    failure << "\n  " << e.kind << " " << e.name << "  " << e.source;
  return failure;
}
}  // namespace runtime
}  // namespace torch

#define EXPECT_KERNELS(n, ...)                                      \
  do {                                                              \
    ::torch::runtime::LaunchedKernels launched_kernels_;            \
    __VA_ARGS__;                                                    \
    EXPECT_TRUE(::torch::runtime::launched((n), launched_kernels_.list())); \
  } while (false)

#define EXPECT_LAUNCHES(n, ...)                                     \
  do {                                                              \
    ::torch::runtime::LaunchedKernels launched_kernels_;            \
    __VA_ARGS__;                                                    \
    EXPECT_EQ(::torch::runtime::launches(launched_kernels_.list()), static_cast<size_t>(n)); \
  } while (false)
