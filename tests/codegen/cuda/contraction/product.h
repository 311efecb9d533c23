/// A product for tests: operands in memory, the plan run by emulation, and each element's value by
/// the definition.
#pragma once
#include <functional>
#include <memory>
#include <random>

#include "codegen/cuda/contraction/plan.h"
#include "tests/runtime/cuda/emulated.h"

namespace torch {
namespace codegen {
namespace cuda {
namespace test {
using runtime::cuda::Order;

/// Elements of one type in memory, and their values.
struct Tensor {
  DType dtype;
  Numbers sizes, strides;
  int64_t offset = 0;
  std::vector<unsigned char> bytes;

  /// Of random values: small integers for integers, else in [-1, 1).
  Tensor(DType dtype, Numbers sizes, std::mt19937& random, Numbers strides = {},
         int64_t offset = 0);
  void* data() const;
  double at(const Numbers& index) const;
  Operand operand(int alignment = 16) const;
};

/// The operand as a device function that reads the same memory.
Operand by_function(const Tensor& t, int contiguous);

/// y[outer, m, n] = value + value.
Function store(DType dtype, const Numbers& sizes);

struct Case {
  std::string name;
  Problem problem;
  std::shared_ptr<Tensor> a, b;
  bool next_tile = false;
};
inline Plan plan_of(const Case& c) {
  return c.next_tile ? plan_with_next_tile(c.problem).value() : plan(c.problem);
}
Case matmul(DType dtype, int64_t batch, int64_t m, int64_t n, int64_t k, std::mt19937& random);

/// The element of the result at (outer, m, n), in T as one chain; in double where T rounds.
double expected(const Case& c, int64_t outer, int64_t m, int64_t n, bool in_float);
/// (outer, m, n) of the result.
Numbers result_sizes(const Problem& p);

/// Kernels of several cases, in one program.
class Kernels {
 public:
  /// `change`: is given the program's text first.
  explicit Kernels(const std::vector<Case>& cases,
                   const std::function<void(std::string&)>& change = {});
  /// The result, row-major (outer, m, n), as the values' type in memory. `message`: gets what the
  /// launches report, which else is a failure.
  std::vector<double> run(const Case& c, Order order, std::string* message = nullptr) const;

 private:
  std::vector<std::pair<std::string, std::string>> names_;  // by key
  std::unique_ptr<runtime::cuda::Program> program_;
};
}  // namespace test
}  // namespace cuda
}  // namespace codegen
}  // namespace torch
