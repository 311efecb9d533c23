#include "tests/ops/op_case.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <iterator>
#include <limits>
#include <numeric>
#include <random>
#include <set>
#include <stdexcept>

namespace torch {
namespace test {

std::string OpCase::name() const {
  std::string s = op::name(op);
  for (const Input& i : inputs) s += " " + op::to_string(i.type);
  s += " [";
  for (size_t i = 0; i < attrs.size(); ++i) s += (i ? ", " : "") + std::to_string(attrs[i]);
  return s + "]" + (note.empty() ? "" : ": " + note);
}

op::Graph OpCase::graph() const {
  op::Graph g;
  op::GraphNode node;
  node.op = op;
  node.attrs = attrs;
  node.body = body;
  std::vector<const op::Type*> types;
  for (const Input& i : inputs) {
    types.push_back(&i.type);
    node.operands.push_back(static_cast<uint32_t>(g.inputs.size()));
    g.inputs.push_back(i.type);
  }
  std::string error;
  if (body) {
    const op::Types results = op::output_types(*body);
    error = op::infer_scan({types.data(), types.size()}, attrs,
                           {body->inputs.data(), body->inputs.size()},
                           {results.data(), results.size()}, node.results);
  } else {
    error = op::infer(op, {types.data(), types.size()}, attrs, node.results);
  }
  if (!error.empty()) throw std::logic_error(name() + ": " + error);
  for (size_t i = 0; i < node.results.size(); ++i)
    g.outputs.push_back(static_cast<uint32_t>(g.inputs.size() + i));
  g.locations.push_back({"case.cpp", 1, ""});
  g.nodes.push_back(std::move(node));
  return g;
}

const std::vector<OpCase>& op_cases() {
  static const std::vector<OpCase> all = [] {
    std::vector<OpCase> cases;
    add_elementwise_cases(cases);
    add_reduction_cases(cases);
    add_contraction_cases(cases);
    add_window_cases(cases);
    add_view_cases(cases);
    add_indexing_cases(cases);
    add_creation_cases(cases);
    add_control_cases(cases);
    return cases;
  }();
  return all;
}

std::vector<op::Op> ops_with_cases() {
  std::set<op::Op> ops;
  for (const OpCase& c : op_cases()) ops.insert(c.op);
  return {ops.begin(), ops.end()};
}

std::vector<OpCase> retyped(const OpCase& c, op::DType dtype) {
  if (c.body || c.inputs.empty()) return {};
  OpCase other = c;
  const auto natural = std::find_if(c.inputs.begin(), c.inputs.end(),
                                    [](const Input& i) { return op::is_float(i.type.dtype); });
  if (natural == c.inputs.end()) return {};
  for (Input& i : other.inputs)
    if (i.type.dtype == natural->type.dtype) i.type.dtype = dtype;
  const bool divides = c.op == op::Op::div || c.op == op::Op::fmod || c.op == op::Op::remainder;
  if (divides && op::is_integral(dtype, false)) {
    other.inputs[0].domain = {Domain::special, -130, 130, {}};
    other.inputs[1].domain = Domain::list({1, -1, 3, 2, -7, 5});
  }
  std::vector<const op::Type*> types;
  for (const Input& i : other.inputs) types.push_back(&i.type);
  op::Types results;
  if (!op::infer(c.op, {types.data(), types.size()}, c.attrs, results).empty()) return {};
  return {other};
}

double element(const Bytes& bytes, op::DType dtype, size_t i) {
  double value = 0;
  op::visit_dtype(dtype, [&](auto zero) {
    std::memcpy(&zero, bytes.data() + i * sizeof(zero), sizeof(zero));
    value = static_cast<double>(zero);
  });
  return value;
}

void set_element(Bytes& bytes, op::DType dtype, size_t i, double value) {
  op::visit_dtype(dtype, [&](auto zero) {
    using T = decltype(zero);
    if constexpr (std::is_same_v<T, bool>) zero = value != 0;
    else if constexpr (std::is_integral_v<T>)
      zero = std::isnan(value) ? T(0) : static_cast<T>(static_cast<int64_t>(std::floor(value)));
    else zero = static_cast<T>(value);
    std::memcpy(bytes.data() + i * sizeof(zero), &zero, sizeof(zero));
  });
}

std::string difference(const op::Type& type, const Bytes& a, const Bytes& b) {
  const size_t bytes = op::dtype_bytes(type.dtype);
  for (size_t i = 0; i < static_cast<size_t>(type.numel()); ++i) {
    if (std::memcmp(a.data() + i * bytes, b.data() + i * bytes, bytes) == 0) continue;
    const double x = element(a, type.dtype, i), y = element(b, type.dtype, i);
    if (std::isnan(x) && std::isnan(y)) continue;
    char text[96];
    std::snprintf(text, sizeof text, "element %zu: %.17g and %.17g", i, x, y);
    return text;
  }
  return "";
}

namespace {
double draw_special(std::mt19937_64& random, op::DType dtype, double usual) {
  double largest = 0, smallest = 0;
  op::visit_dtype(dtype, [&](auto zero) {
    using Limits = std::numeric_limits<decltype(zero)>;
    largest = static_cast<double>(Limits::max());
    smallest = static_cast<double>(Limits::denorm_min());
  });
  const double specials[] = {0.0,       -0.0, 1.0,     -1.0,     INFINITY,
                             -INFINITY, NAN,  largest, smallest, 0.5};
  const uint64_t r = random() % 40;
  return r < std::size(specials) && op::is_float(dtype) ? specials[r] : usual;
}
}  // namespace

std::vector<Bytes> draw_inputs(const std::vector<Input>& inputs, uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto unit = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
  // Places of the `apart` elements: cells of a grid, in random order, none at zero.
  int64_t count = 0;
  for (const Input& i : inputs)
    if (i.domain.kind == Domain::apart) count += i.type.numel();
  std::vector<int64_t> cells(static_cast<size_t>(count));
  std::iota(cells.begin(), cells.end(), 0);
  std::shuffle(cells.begin(), cells.end(), random);

  std::vector<Bytes> all;
  size_t next = 0;
  for (const Input& i : inputs) {
    const Domain& d = i.domain;
    Bytes bytes(i.type.bytes());
    for (int64_t k = 0; k < i.type.numel(); ++k) {
      double value = d.low + (d.high - d.low) * unit();
      if (d.kind == Domain::apart)
        value = d.low + (d.high - d.low) *
                            (static_cast<double>(cells[next++]) + 0.4 + 0.2 * unit()) /
                            static_cast<double>(count);
      if (d.kind == Domain::apart && std::fabs(value) < 0.01) value += 0.02;
      if (d.kind == Domain::listed) value = d.values[static_cast<size_t>(k) % d.values.size()];
      if (d.kind == Domain::special) value = draw_special(random, i.type.dtype, value);
      if (i.type.dtype == op::DType::Bool && d.kind != Domain::listed)
        value = static_cast<double>(random() % 2);
      // An unsigned type has no negative numbers.
      if (i.type.dtype == op::DType::Byte) value = std::fabs(value);
      set_element(bytes, i.type.dtype, static_cast<size_t>(k), value);
    }
    all.push_back(std::move(bytes));
  }
  return all;
}
}  // namespace test
}  // namespace torch
