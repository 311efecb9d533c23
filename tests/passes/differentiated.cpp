#include "tests/passes/differentiated.h"

#include <cmath>

#include "passes/autodiff/autodiff.h"
#include "passes/simplify/simplify.h"

namespace torch {
namespace test {

std::vector<op::Op> differentiable_ops() {
  std::vector<op::Op> found;
  for (op::Op op : ops_with_cases())
    if (op::info(op).differentiable) found.push_back(op);
  return found;
}

op::Graph expand(const op::Graph& g) { return transform(g, mlir::weft::buildAutodiff); }
op::Graph expand_and_simplify(const op::Graph& g) {
  return transform(g, [](mlir::OpPassManager& pm) {
    mlir::weft::buildAutodiff(pm);
    mlir::weft::buildSimplify(pm);
  });
}

bool differentiate(Program& p) {
  op::Graph& g = p.graph;
  const std::vector<op::Type> types = output_types(g);
  const uint32_t old_inputs = static_cast<uint32_t>(g.inputs.size());
  std::vector<uint32_t> ys;
  std::vector<op::Type> dys;
  for (size_t i = 0; i < types.size(); ++i)
    if (op::is_float(types[i].dtype)) ys.push_back(g.outputs[i]), dys.push_back(types[i]);
  op::GraphNode node;
  node.op = op::Op::grad;
  node.attrs = op::attrs::grad::pack(static_cast<int64_t>(ys.size()), false);
  std::vector<uint32_t> wrt;
  for (uint32_t i = 0; i < p.inputs.size(); ++i)
    if (is_differentiated(p.inputs[i])) wrt.push_back(i), node.results.push_back(p.inputs[i].type);
  if (ys.empty() || wrt.empty()) return false;

  // Inputs come first: all other values move up.
  const uint32_t shift = static_cast<uint32_t>(dys.size());
  const auto moved = [&](uint32_t v) { return v < old_inputs ? v : v + shift; };
  for (op::GraphNode& n : g.nodes)
    for (uint32_t& v : n.operands) v = moved(v);
  for (uint32_t y : ys) node.operands.push_back(moved(y));
  for (uint32_t i = 0; i < shift; ++i) node.operands.push_back(old_inputs + i);
  node.operands.insert(node.operands.end(), wrt.begin(), wrt.end());
  for (const op::Type& t : dys) {
    g.inputs.push_back(t);
    p.inputs.push_back({t, Domain::in(-1, 1)});
  }
  uint32_t next = static_cast<uint32_t>(g.inputs.size());
  for (const op::GraphNode& n : g.nodes) next += static_cast<uint32_t>(n.results.size());
  g.outputs.clear();
  for (uint32_t i = 0; i < node.results.size(); ++i) g.outputs.push_back(next + i);
  g.nodes.push_back(std::move(node));
  return true;
}

namespace {
// The sum over the floating outputs of output times weight.
double weighted(const op::Graph& g, const std::vector<Bytes>& inputs,
                const std::vector<Bytes>& weights) {
  const std::vector<Bytes> outputs = evaluate(g, inputs);
  const std::vector<op::Type> types = output_types(g);
  double total = 0;
  for (size_t i = 0, w = 0; i < types.size(); ++i) {
    if (!op::is_float(types[i].dtype)) continue;
    for (size_t k = 0; k < static_cast<size_t>(types[i].numel()); ++k)
      total += element(outputs[i], types[i].dtype, k) * element(weights[w], types[i].dtype, k);
    ++w;
  }
  return total;
}
}  // namespace

void compare(const std::string& name, const Program& function, const Program& gradient) {
  const std::vector<Bytes> all = draw_inputs(gradient.inputs, 11);
  std::vector<Bytes> inputs(all.begin(), all.begin() + static_cast<long>(function.inputs.size()));
  const std::vector<Bytes> weights(all.begin() + static_cast<long>(function.inputs.size()),
                                   all.end());
  const std::vector<Bytes> cotangents = evaluate(gradient.graph, all);
  // The steps of f16 and bf16 are no differences.
  for (const op::Type& t : output_types(function.graph))
    if (op::computed_in(t.dtype) != t.dtype) return;
  for (const Input& i : function.inputs)
    if (op::computed_in(i.type.dtype) != i.type.dtype) return;
  bool narrow = false;
  for (const op::Type& t : output_types(function.graph)) narrow |= t.dtype == op::DType::Float;
  for (const Input& i : function.inputs) narrow |= i.type.dtype == op::DType::Float;
  const double step = narrow ? 0x1p-6 : 0x1p-17, tolerance = narrow ? 1e-3 : 1e-6;
  for (size_t i = 0, g = 0; i < function.inputs.size(); ++i) {
    if (!is_differentiated(function.inputs[i])) continue;
    const op::Type& type = function.inputs[i].type;
    for (size_t k = 0; k < static_cast<size_t>(type.numel()); ++k) {
      const double at = element(inputs[i], type.dtype, k);
      set_element(inputs[i], type.dtype, k, at + step);
      const double above = weighted(function.graph, inputs, weights);
      set_element(inputs[i], type.dtype, k, at - step);
      const double below = weighted(function.graph, inputs, weights);
      set_element(inputs[i], type.dtype, k, at);
      const double expected = (above - below) / (2 * step),
                   got = element(cotangents[g], type.dtype, k);
      EXPECT_LE(std::fabs(got - expected), tolerance * (1 + std::fabs(expected)))
          << name << ": operand " << i << " element " << k << ": got " << got << ", expected "
          << expected;
      if (testing::Test::HasFailure()) return;
    }
    ++g;
  }
}

void compare_along(uint64_t seed, const Program& function, const Program& gradient) {
  const std::vector<Bytes> all = draw_inputs(gradient.inputs, seed);
  std::vector<Bytes> inputs(all.begin(), all.begin() + static_cast<long>(function.inputs.size()));
  const std::vector<Bytes> weights(all.begin() + static_cast<long>(function.inputs.size()),
                                   all.end());
  const std::vector<Bytes> cotangents = evaluate(gradient.graph, all);
  const std::vector<Bytes> direction = draw_inputs(function.inputs, seed + 1);
  const auto at = [&](double step) {
    std::vector<Bytes> moved = inputs;
    for (size_t i = 0; i < moved.size(); ++i)
      for (int64_t k = 0;
           is_differentiated(function.inputs[i]) && k < function.inputs[i].type.numel(); ++k)
        set_element(moved[i], op::DType::Double, static_cast<size_t>(k),
                    element(inputs[i], op::DType::Double, static_cast<size_t>(k)) +
                        step * element(direction[i], op::DType::Double, static_cast<size_t>(k)));
    return weighted(function.graph, moved, weights);
  };
  double got = 0, scale = 1;
  for (size_t i = 0, g = 0; i < inputs.size(); ++i) {
    if (!is_differentiated(function.inputs[i])) continue;
    for (size_t k = 0; k < static_cast<size_t>(function.inputs[i].type.numel()); ++k) {
      const double term = element(cotangents[g], op::DType::Double, k) *
                          element(direction[i], op::DType::Double, k);
      got += term;
      scale += std::fabs(term);
    }
    ++g;
  }
  // Four points: programs bend.
  const double h = 0x1p-14, expected = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
  EXPECT_LE(std::fabs(got - expected), 1e-6 * scale)
      << "seed " << seed << ": got " << got << ", expected " << expected;
}

}  // namespace test
}  // namespace torch
