// Gradients of whole programs: what single ops do not show is how cotangents are added.
#include <cmath>
#include <set>

#include "tests/passes/differentiated.h"
#include "tests/random/random_graph.h"

namespace torch {
namespace test {
namespace {

TEST(Gradients, OfRandomProgramsAreCentralDifferences) {
  using op::Op;
  const std::
      set<Op>
          kinked =
              {Op::abs,    Op::sign,      Op::floor,   Op::ceil,    Op::round,
               Op::trunc,  Op::relu,      Op::maximum, Op::minimum, Op::clamp,
               Op::fmod,   Op::remainder, Op::max,     Op::min,     Op::max_pool,
               Op::argmax, Op::argmin,    Op::copysign, Op::elu, Op::scatter_max, Op::scatter_min,
               Op::scatter /* its gradient is libtorch's, where indices repeat */};
  // Steep ones, and those with poles.
  const std::set<Op> steep = {Op::exp,   Op::exp2, Op::expm1,  Op::sinh,  Op::cosh,
                              Op::tan,   Op::pow,  Op::square, Op::div,   Op::reciprocal,
                              Op::log,   Op::log2, Op::log10,  Op::log1p, Op::sqrt,
                              Op::rsqrt, Op::asin, Op::acos,   Op::atan2, Op::prod,
                              Op::acosh, Op::hypot, Op::xlogy, Op::binary_cross_entropy,
                              Op::scatter_mul};
  RandomOptions options;
  options.dtypes = {op::DType::Double};
  options.specials = options.empty = false;
  options.nodes = 16;
  options.max_elements = 200;
  options.allowed = [&](Op op) { return !kinked.count(op) && !steep.count(op); };
  int second_order = 0;
  for (uint64_t seed = 0; seed < 300 && !HasFailure(); ++seed) {
    RandomProgram p = random_program(seed, options);
    for (Input& i : p.inputs)
      if (op::is_float(i.type.dtype)) i.domain = Domain::in(-1, 1);
    const Program function{p.graph, p.inputs};
    Program first = function;
    if (!differentiate(first)) continue;
    Program second = first;
    first.graph = expand_and_simplify(first.graph);
    const std::vector<Bytes> values = evaluate(function.graph, draw_inputs(p.inputs, seed));
    const std::vector<op::Type> types = output_types(function.graph);
    bool finite = true;  // not the mean of nothing
    for (size_t i = 0; i < values.size(); ++i)
      for (int64_t k = 0; k < types[i].numel(); ++k)
        finite &= std::isfinite(element(values[i], types[i].dtype, static_cast<size_t>(k)));
    if (!finite) continue;
    compare_along(seed, function, first);
    if (!differentiate(second)) continue;
    second.graph = expand_and_simplify(second.graph);
    compare_along(seed, first, second);
    ++second_order;
  }
  EXPECT_GT(second_order, 250);
}

struct Cut {
  int64_t start, size, step;
  bool constant;  // the start is known when compiling
};

// Every cut of one vector is an output.
Program slices_of(int64_t n, const std::vector<Cut>& cuts) {
  Program p;
  p.inputs.push_back({f64({n}), Domain::in(-1, 1)});
  for (const Cut& c : cuts)
    if (!c.constant) p.inputs.push_back({i64(), Domain::list({double(c.start)})});
  op::Graph& g = p.graph;
  g.locations.push_back({"slices.cpp", 1, ""});
  for (const Input& i : p.inputs) g.inputs.push_back(i.type);
  uint32_t next = static_cast<uint32_t>(g.inputs.size()), run_time = 1;
  for (const Cut& c : cuts) {
    op::GraphNode start, slice;
    if (c.constant) {
      start.op = op::Op::constant;
      start.attrs =
          op::attrs::constant::pack(op::Literal::of(op::DType::Long, double(c.start)), op::Dims{});
      start.results = {i64()};
      g.nodes.push_back(start);
    }
    slice.op = op::Op::slice;
    slice.operands = {0, c.constant ? next++ : run_time++};
    slice.attrs = op::attrs::slice::pack(op::Dims{c.size}, op::Dims{c.step});
    slice.results = {f64({c.size})};
    g.nodes.push_back(slice);
    g.outputs.push_back(next++);
  }
  return p;
}

TEST(Gradients, OfManySlicesOfOneTensor) {
  const std::vector<std::vector<Cut>> lists = {
      // side by side
      {{0, 3, 1, true}, {3, 4, 1, true}, {7, 2, 1, true}},
      // with gaps
      {{5, 2, 1, true}, {1, 2, 1, true}},
      // overlapping
      {{0, 3, 1, true}, {2, 4, 1, true}},
      // interleaved
      {{0, 5, 2, true}, {1, 4, 2, true}},
      // the whole as well
      {{0, 9, 1, true}, {3, 4, 1, true}, {1, 1, 1, true}},
      // many
      {{0, 3, 1, false},
       {2, 4, 2, false},
       {2, 1, 1, true},
       {8, 1, 1, false},
       {1, 5, 1, true},
       {2, 4, 2, false}},
  };
  for (size_t i = 0; i < lists.size(); ++i) {
    const Program function = slices_of(9, lists[i]);
    Program gradient = function;
    ASSERT_TRUE(differentiate(gradient));
    const op::Graph raw = gradient.graph;
    gradient.graph = expand(raw);
    compare("slices " + std::to_string(i), function, gradient);
    gradient.graph = expand_and_simplify(raw);
    compare("slices simplified " + std::to_string(i), function, gradient);
  }
}
}  // namespace
}  // namespace test
}  // namespace torch
