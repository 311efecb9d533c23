/// EXPECT_KERNELS(n, statement): the statement launches n kernels. Pins what is fused.
#pragma once
#include <gtest/gtest.h>

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

inline ::testing::AssertionResult launched(size_t expected, const std::vector<history::Entry>& kernels) {
  if (kernels.size() == expected) return ::testing::AssertionSuccess();
  ::testing::AssertionResult failure = ::testing::AssertionFailure();
  failure << "launched " << kernels.size() << " kernels, expected " << expected << ":";
  for (const history::Entry& e : kernels) failure << "\n  " << e.kind << " " << e.name << "  " << e.source;
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
