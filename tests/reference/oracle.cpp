#include "tests/reference/oracle.h"

#include <stdexcept>

#include "tests/reference/oracle_ops.h"

namespace torch {
namespace reference {

OracleTensor oracle_tensor(const op::Type& type, const void* data) {
  OracleTensor t{type, {}};
  const size_t n = static_cast<size_t>(type.numel());
  op::visit_dtype(type.dtype, [&](auto zero) {
    using T = decltype(zero);
    for (size_t i = 0; i < n; ++i)
      t.values.push_back(static_cast<long double>(static_cast<const T*>(data)[i]));
  });
  return t;
}

namespace {

std::vector<OracleTensor> scan(const op::GraphNode& node,
                               const std::vector<const OracleTensor*>& operands) {
  const op::attrs::scan a(node.attrs);
  const size_t carried = static_cast<size_t>(a.num_carried),
               stacked = static_cast<size_t>(a.num_stacked);
  const int64_t steps = operands[carried]->type.dims[0];
  std::vector<OracleTensor> results, arguments;
  for (const op::Type& t : node.results)
    results.push_back({t, std::vector<long double>(static_cast<size_t>(t.numel()))});
  for (const OracleTensor* t : operands) arguments.push_back(*t);
  for (int64_t s = 0; s < steps; ++s) {
    const int64_t t = a.reverse ? steps - 1 - s : s;
    for (size_t i = carried; i < carried + stacked; ++i) {
      arguments[i].type = node.body->inputs[i];
      const int64_t n = arguments[i].type.numel();
      const auto from = operands[i]->values.begin() + t * n;
      arguments[i].values.assign(from, from + n);
    }
    const std::vector<OracleTensor> out = oracle(*node.body, arguments);
    for (size_t i = 0; i < carried; ++i) arguments[i] = out[i];
    for (size_t i = carried; i < out.size(); ++i)
      std::copy(out[i].values.begin(), out[i].values.end(),
                results[i].values.begin() + t * out[i].type.numel());
  }
  for (size_t i = 0; i < carried; ++i) results[i] = arguments[i];
  return results;
}
}  // namespace

std::vector<OracleTensor> oracle(const op::Graph& graph, const std::vector<OracleTensor>& inputs) {
  std::vector<OracleTensor> values = inputs;
  for (const op::GraphNode& node : graph.nodes) {
    std::vector<const OracleTensor*> operands;
    for (uint32_t v : node.operands) operands.push_back(&values[v]);
    std::vector<OracleTensor> results;
    if (node.op == op::Op::scan) {
      results = scan(node, operands);
    } else {
      for (const op::Type& t : node.results)
        results.push_back({t, std::vector<long double>(static_cast<size_t>(t.numel()))});
      oracle_op(node, operands, results);
    }
    for (OracleTensor& r : results) values.push_back(std::move(r));
  }
  std::vector<OracleTensor> outputs;
  for (uint32_t v : graph.outputs) outputs.push_back(values[v]);
  return outputs;
}
}  // namespace reference
}  // namespace torch
