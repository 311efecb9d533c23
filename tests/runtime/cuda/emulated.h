/// Kernels' text, compiled for the host and launched there in each of the three orders.
#pragma once
#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "runtime/cuda/emulate/compile.h"

namespace torch {
namespace runtime {
namespace cuda {
using emulate::Order;
constexpr Order kOrders[] = {Order::ascending, Order::descending, Order::scattered};

struct Grid {
  int64_t blocks;
  unsigned threads;
  size_t shared_bytes = 0;
};

class Program {
 public:
  explicit Program(const std::string& text) : module_(emulate::compile(text)) {}
  /// The message of the launch; arguments are pointers and int64_t.
  template <class... A>
  std::string launch(const std::string& name, Grid grid, Order order, A... arguments) const {
    void* pointers[] = {&arguments..., nullptr};
    return launch_with(name, grid, order, pointers);
  }
  /// The same with a pointer to each argument.
  std::string launch_with(const std::string& name, Grid grid, Order order, void** pointers) const {
    const emulate::Entry entry = module_.function(name);
    if (!entry) return "no kernel " + name;
    return emulate::launch(entry, grid.blocks, grid.threads, grid.shared_bytes, pointers, order);
  }
  /// The bits that kernel(out) leaves in `count` elements, in the three orders.
  template <class T>
  std::vector<std::vector<T>> in_all_orders(const std::string& name, Grid grid,
                                            size_t count) const {
    std::vector<std::vector<T>> results;
    for (Order order : kOrders) {
      results.emplace_back(count);
      EXPECT_EQ(launch(name, grid, order, results.back().data()), "");
    }
    return results;
  }

 private:
  emulate::Module module_;
};

template <class T> bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}
template <class T> bool agree(const std::vector<std::vector<T>>& all) {
  for (const std::vector<T>& one : all)
    if (!same_bits(all[0], one)) return false;
  return true;
}
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
