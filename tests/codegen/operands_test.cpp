// Products and convolutions of what is no plain array: views become access maps of the packing,
// along the lanes of a vector too (strided convolutions read every second element). Equal bits in
// both tiers.
#include <gtest/gtest.h>

#include "tests/codegen/setting.h"
#include "tests/codegen/tiers.h"
#include "tests/reference/graph_builder.h"

namespace torch {
namespace test {
namespace {
using op::GraphBuilder;
using op::Op;
using Value = GraphBuilder::Value;

op::Dims changed(op::Dims sizes, size_t dim, int64_t size) {
  sizes[dim] = size;
  return sizes;
}
op::Dims swapped(op::Dims sizes) {
  std::swap(sizes[sizes.size() - 1], sizes[sizes.size() - 2]);
  return sizes;
}
op::Dims zeros_and(const op::Dims& sizes, int64_t last) {
  return changed(op::Dims(sizes.size(), 0), sizes.size() - 1, last);
}
int64_t last_of(const op::Dims& s) { return static_cast<int64_t>(s.size()) - 1; }
Value integer(GraphBuilder& g, int64_t value) {
  return g.add(
      Op::constant, {},
      op::attrs::constant::pack(op::Literal::of(op::DType::Long, double(value)), op::Dims{}));
}

// An operand of sizes `s`, made from inputs.
struct View {
  const char* name;
  std::vector<op::Dims> (*inputs)(const op::Dims& s);
  Value (*apply)(GraphBuilder& g, const std::vector<Value>& x, const op::Dims& s);
};

const View views[] = {
    {"plain", [](const op::Dims& s) { return std::vector<op::Dims>{s}; },
     [](GraphBuilder&, const std::vector<Value>& x, const op::Dims&) { return x[0]; }},
    {"concat",
     [](const op::Dims& s) {
       const size_t last = s.size() - 1;
       return std::vector<op::Dims>{changed(s, last, 1), changed(s, last, s[last] - 1)};
     },
     [](GraphBuilder& g, const std::vector<Value>& x, const op::Dims& s) {
       return g.add(Op::concat, x, op::attrs::concat::pack(last_of(s)));
     }},
    {"pad",
     [](const op::Dims& s) {
       return std::vector<op::Dims>{changed(s, s.size() - 1, s[s.size() - 1] - 1), {}};
     },
     [](GraphBuilder& g, const std::vector<Value>& x, const op::Dims& s) {
       return g.add(Op::pad, x,
                    op::attrs::pad::pack(zeros_and(s, 1), zeros_and(s, 0), zeros_and(s, 0)));
     }},
    {"flip", [](const op::Dims& s) { return std::vector<op::Dims>{s}; },
     [](GraphBuilder& g, const std::vector<Value>& x, const op::Dims& s) {
       return g.add(Op::flip, x, op::attrs::flip::pack(op::Dims{last_of(s)}));
     }},
    {"every_second",
     [](const op::Dims& s) {
       return std::vector<op::Dims>{changed(s, s.size() - 1, 2 * s[s.size() - 1] + 1)};
     },
     [](GraphBuilder& g, const std::vector<Value>& x, const op::Dims& s) {
       std::vector<Value> operands = x;
       for (int64_t i = 0; i <= last_of(s); ++i) operands.push_back(integer(g, i == last_of(s)));
       return g.add(Op::slice, operands,
                    op::attrs::slice::pack(s, changed(op::Dims(s.size(), 1), s.size() - 1, 2)));
     }},
    {"gathered", [](const op::Dims& s) { return std::vector<op::Dims>{s}; },
     [](GraphBuilder& g, const std::vector<Value>& x, const op::Dims& s) {
       const int64_t n = s[s.size() - 1];
       const Value i = g.add(Op::iota, {}, op::attrs::iota::pack(op::Dims{n}, 0, op::DType::Long));
       return g.add(Op::index_select, {x[0], g.add(Op::sub, {integer(g, n - 1), i})},
                    op::attrs::index_select::pack(last_of(s)));
     }},
    {"row_everywhere",
     [](const op::Dims& s) {
       return std::vector<op::Dims>{changed(op::Dims(s.size(), 1), s.size() - 1, s[s.size() - 1])};
     },
     [](GraphBuilder& g, const std::vector<Value>& x, const op::Dims& s) {
       return g.add(Op::expand, x, op::attrs::expand::pack(s));
     }},
    {"transposed", [](const op::Dims& s) { return std::vector<op::Dims>{swapped(s)}; },
     [](GraphBuilder& g, const std::vector<Value>& x, const op::Dims& s) {
       op::Dims order(s);
       for (size_t i = 0; i < s.size(); ++i) order[i] = static_cast<int64_t>(i);
       return g.add(Op::permute, x, op::attrs::permute::pack(swapped(order)));
     }},
};

struct Product {
  const char* name;
  Op op;
  op::Dims a, b;
  op::Attrs attrs;
};
const op::Dims one{1, 1}, two{2, 2}, none{0, 0}, some{1, 1};
const Product products[] = {
    {"matmul", Op::matmul, {19, 37}, {37, 45}, {}},
    {"matmul_of_a_row", Op::matmul, {1, 70}, {70, 45}, {}},
    {"matmul_of_many", Op::matmul, {3, 19, 7}, {3, 7, 20}, {}},
    {"conv", Op::conv, {2, 3, 9, 41}, {5, 3, 3, 3}, op::attrs::conv::pack(one, some, one, 1)},
    {"conv_strided",
     Op::conv,
     {2, 3, 9, 41},
     {5, 3, 3, 3},
     op::attrs::conv::pack(two, some, one, 1)},
    {"conv_dilated",
     Op::conv,
     {2, 3, 9, 41},
     {5, 3, 3, 3},
     op::attrs::conv::pack(one, none, two, 1)},
    {"conv_weight_grad",
     Op::conv_weight_grad,
     {2, 5, 5, 21},
     {2, 3, 9, 41},
     op::attrs::conv_weight_grad::pack(two, some, one, 1, op::Dims{3, 3})},
    {"conv_input_grad",
     Op::conv_input_grad,
     {2, 5, 5, 21},
     {5, 3, 3, 3},
     op::attrs::conv_input_grad::pack(two, some, one, 1, op::Dims{9, 41})},
};

class Operands : public testing::TestWithParam<std::tuple<Product, View, int>> {};

TEST_P(Operands, MayBeViews) {
  const auto& [product, view, which] = GetParam();
  GraphBuilder g;
  const View &left = which == 0 ? view : views[0], &right = which == 1 ? view : views[0];
  std::vector<Value> a, b;
  for (const op::Dims& s : left.inputs(product.a)) a.push_back(g.input(f32(s)));
  for (const op::Dims& s : right.inputs(product.b)) b.push_back(g.input(f32(s)));
  const Value x = left.apply(g, a, product.a), y = right.apply(g, b, product.b);
  g.output(g.add(product.op, {x, y}, product.attrs));
  std::vector<Input> inputs;
  for (const op::Type& type : g.graph.inputs) inputs.push_back({type, Domain::in(-2, 2)});
  const std::vector<Bytes> drawn = draw_inputs(inputs, 1);
  const std::vector<Bytes> expected = run(g.graph, codegen::Tier::reference, drawn);
  for (const char* cpu : {widest(), "x86-64-v3"}) {
    const WithSetting in_force(Setting{cpu, 2, true, Setting::Guard::end});
    EXPECT_EQ(difference(op::output_types(g.graph)[0], expected[0],
                         run(g.graph, codegen::Tier::compile, drawn)[0]),
              "")
        << cpu;
  }
}
std::string test_name(const testing::TestParamInfo<std::tuple<Product, View, int>>& info) {
  return std::string(std::get<0>(info.param).name) + (std::get<2>(info.param) ? "_by_" : "_of_") +
         std::get<1>(info.param).name;
}
INSTANTIATE_TEST_SUITE_P(All, Operands,
                         testing::Combine(testing::ValuesIn(products), testing::ValuesIn(views),
                                          testing::Values(0, 1)),
                         test_name);
}  // namespace
}  // namespace test
}  // namespace torch
