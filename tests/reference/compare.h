/// Runs a graph in the reference tier and by the oracle on the same random inputs.
#pragma once
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "runtime/device/buffer.h"
#include "runtime/reference/reference.h"
#include "tests/reference/graph_builder.h"
#include "tests/reference/oracle.h"

namespace torch {
namespace reference {

/// A tensor in memory.
struct HostTensor {
  op::Type type;
  runtime::BufferRef buffer;
  explicit HostTensor(op::Type t) : type(std::move(t)), buffer(runtime::allocate(type.bytes())) {}
  template <class T> T* data() const { return static_cast<T*>(buffer->data()); }
  OracleTensor values() const { return oracle_tensor(type, buffer->data()); }
};

struct Normal {
  double mean = 0, deviation = 1;
};
/// Floating: normal numbers. Integers: -20 to 20 (unsigned and bool: what fits).
inline HostTensor random_tensor(const op::Type& type, std::mt19937& random, Normal normal = {}) {
  HostTensor t(type);
  const int64_t n = type.numel();
  op::visit_dtype(type.dtype, [&](auto zero) {
    using T = decltype(zero);
    for (int64_t i = 0; i < n; ++i) {
      if constexpr (op::DTypeOf<T>::is_float)
        t.data<T>()[i] =
            static_cast<T>(std::normal_distribution<double>(normal.mean, normal.deviation)(random));
      else if constexpr (std::is_same<T, bool>::value)
        t.data<T>()[i] = random() % 2;
      else
        t.data<T>()[i] =
            static_cast<T>(static_cast<int>(random() % 41) - (std::is_signed<T>::value ? 20 : 0));
    }
  });
  return t;
}
inline HostTensor tensor_of(const op::Type& type, const std::vector<double>& values) {
  HostTensor t(type);
  op::visit_dtype(type.dtype, [&](auto zero) {
    using T = decltype(zero);
    for (size_t i = 0; i < values.size(); ++i) t.data<T>()[i] = static_cast<T>(values[i]);
  });
  return t;
}

inline std::vector<HostTensor> run_reference(const op::Graph& graph,
                                             const std::vector<HostTensor>& inputs) {
  std::vector<HostTensor> outputs;
  std::vector<const void*> in;
  std::vector<void*> out;
  const std::vector<op::Type> types = op::GraphBuilder::value_types(graph);
  for (uint32_t v : graph.outputs) outputs.emplace_back(types[v]);
  for (const HostTensor& t : inputs) in.push_back(t.buffer->data());
  for (const HostTensor& t : outputs) out.push_back(t.buffer->data());
  run(graph, in.data(), out.data());
  return outputs;
}

/// |got - expected| <= ulps units in the last place of `scale` (of the expected value when 0);
/// integers are equal.
inline void expect_close(const HostTensor& got, const OracleTensor& expected, double ulps,
                         double scale = 0) {
  ASSERT_EQ(got.type, expected.type);
  const OracleTensor g = got.values();
  long double unit = 0, largest = 0, smallest = 0;
  op::visit_dtype(got.type.dtype, [&](auto zero) {
    using Limits = std::numeric_limits<decltype(zero)>;
    unit = op::DTypeOf<decltype(zero)>::is_float ? static_cast<long double>(Limits::epsilon()) : 0;
    largest = static_cast<long double>(Limits::max());
    smallest = static_cast<long double>(Limits::denorm_min());
  });
  for (size_t i = 0; i < g.values.size(); ++i) {
    const long double e = expected.values[i], x = g.values[i];
    if (std::isnan(e) && std::isnan(x)) continue;
    if (e == x || (std::isinf(x) && std::fabs(e) > largest && (e > 0) == (x > 0))) continue;
    const long double size = scale > 0 ? static_cast<long double>(scale) : std::fabs(e);
    ASSERT_LE(std::fabs(x - e), ulps * unit * size + smallest)
        << "element " << i << ": got " << x << ", expected " << e;
  }
}

inline void expect_as_oracle(const op::Graph& graph, const std::vector<HostTensor>& inputs,
                             double ulps = 4, double scale = 0) {
  std::vector<OracleTensor> values;
  for (const HostTensor& t : inputs) values.push_back(t.values());
  const std::vector<OracleTensor> expected = oracle(graph, values);
  const std::vector<HostTensor> got = run_reference(graph, inputs);
  for (size_t i = 0; i < got.size(); ++i) expect_close(got[i], expected[i], ulps, scale);
}

/// One op on random inputs; `normals` of its operands, for which there is none the standard one.
inline void expect_op(op::Op op, const std::vector<op::Type>& operands, const op::Attrs& attrs = {},
                      double ulps = 4, double scale = 0, const std::vector<Normal>& normals = {}) {
  SCOPED_TRACE(std::string(op::name(op)) + " " +
               (operands.empty() ? "" : op::to_string(operands[0])));
  std::mt19937 random(17);
  op::GraphBuilder b;
  std::vector<uint32_t> values;
  std::vector<HostTensor> inputs;
  for (const op::Type& t : operands) {
    values.push_back(b.input(t));
    inputs.push_back(random_tensor(
        t, random, inputs.size() < normals.size() ? normals[inputs.size()] : Normal()));
    const bool divisor = inputs.size() == 2 && op::is_integral(t.dtype, false) &&
                         (op == op::Op::div || op == op::Op::fmod || op == op::Op::remainder);
    if (divisor)
      op::visit_dtype(t.dtype, [&](auto zero) {
        auto* d = inputs[1].data<decltype(zero)>();
        for (int64_t i = 0; i < t.numel(); ++i)
          if (d[i] == zero) d[i] = decltype(zero)(3);
      });
  }
  const uint32_t first = b.add(op, values, attrs);
  for (size_t i = 0; i < b.graph.nodes[0].results.size(); ++i)
    b.output(first + static_cast<uint32_t>(i));
  expect_as_oracle(b.graph, inputs, ulps, scale);
}
}  // namespace reference
}  // namespace torch
