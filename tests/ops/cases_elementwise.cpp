// One row an op: where its operands lie. Shapes are the same for all.
#include <iterator>

#include "tests/ops/op_case.h"

namespace torch {
namespace test {
namespace {
struct Row {
  const char* op;
  std::vector<Domain> operands;
  const char* note = "";
  int fixed = -1;  // an operand not to be differentiated by
};

const Domain any = Domain::in(-2, 2), positive = Domain::in(0.3, 3), apart = Domain::distinct();
const Domain away = Domain::in(0.5, 2);  // from zero

// Kinks lie outside of the domains, or between elements that are apart.
const Row rows[] = {
    {"neg", {any}},
    {"abs", {apart}},
    {"sign", {apart}},
    {"floor", {Domain::in(-1.9, -1.1)}},
    {"ceil", {Domain::in(1.1, 1.9)}},
    {"round", {Domain::in(0.6, 1.4)}},
    {"trunc", {Domain::in(-1.9, -1.1)}},
    {"square", {any}},
    {"sqrt", {positive}},
    {"rsqrt", {positive}},
    {"reciprocal", {away}},
    {"exp", {any}},
    {"exp2", {any}},
    {"expm1", {any}},
    {"log", {positive}},
    {"log2", {positive}},
    {"log10", {positive}},
    {"log1p", {Domain::in(-0.7, 2)}},
    {"sin", {any}},
    {"cos", {any}},
    {"tan", {Domain::in(-1, 1)}},
    {"atan", {any}},
    {"asin", {Domain::in(-0.8, 0.8)}},
    {"acos", {Domain::in(-0.8, 0.8)}},
    {"sinh", {any}},
    {"cosh", {any}},
    {"tanh", {any}},
    {"asinh", {any}},
    {"acosh", {Domain::in(1.3, 3)}},
    {"atanh", {Domain::in(-0.8, 0.8)}},
    {"relu", {apart}},
    {"sigmoid", {any}},
    {"elu", {apart}},
    {"erf", {any}},
    {"erfc", {any}},
    {"add", {any, any}},
    {"sub", {any, any}},
    {"mul", {any, any}},
    {"div", {any, away}},
    {"pow", {positive, any}},
    {"pow",
     {Domain::in(-2, -0.5), Domain::list({2, 3, 1, -1})},
     "negative base, whole exponent",
     1},
    {"pow", {Domain::list({0, 0, 1.5, 0}), Domain::list({2, 3})}, "base zero", 1},
    {"atan2", {away, any}},
    {"copysign", {away, away}},
    {"hypot", {away, any}},
    {"logaddexp", {any, any}},
    {"xlogy", {any, positive}},
    {"xlogy", {Domain::list({0, 0, 1.5, 0}), positive}, "nothing of a logarithm", 0},
    {"binary_cross_entropy", {Domain::in(0.1, 0.9), Domain::in(0.1, 0.9)}},
    {"maximum", {apart, apart}},
    {"minimum", {apart, apart}},
    {"fmod", {Domain::in(2.1, 2.4), Domain::in(0.9, 1)}},
    {"fmod", {Domain::in(-2.4, -2.1), Domain::in(0.9, 1)}, "negative dividend"},
    {"remainder", {Domain::in(2.1, 2.4), Domain::in(0.9, 1)}},
    {"remainder", {Domain::in(-2.4, -2.1), Domain::in(0.9, 1)}, "negative dividend"},
    {"eq", {Domain::list({1, 2, 3}), Domain::list({1, 3})}},
    {"ne", {Domain::list({1, 2, 3}), Domain::list({1, 3})}},
    {"lt", {any, any}},
    {"le", {Domain::list({1, 2, 3}), Domain::list({1, 3})}},
    {"gt", {any, any}},
    {"ge", {Domain::list({1, 2, 3}), Domain::list({1, 3})}},
    {"isnan", {any}},
    {"clamp", {apart, Domain::in(-1.2, -1), Domain::in(0.9, 1.1)}},
    {"clamp", {apart, Domain::in(0.9, 1.1), Domain::in(-1.2, -1)}, "low above high"},
};

// Equal, scalar, broadcast either way and both ways, empty.
const std::vector<op::Dims> unary_shapes[] = {{{}}, {{1}}, {{7}}, {{2, 3}}, {{0, 3}}, {{2, 1, 3}}};
const std::vector<op::Dims> binary_shapes[] = {{{2, 3}, {2, 3}}, {{}, {}},      {{2, 3}, {}},
                                               {{}, {3}},        {{2, 3}, {3}}, {{2, 1}, {1, 3}},
                                               {{3}, {2, 2, 3}}, {{1}, {0}},    {{2, 0}, {1, 1}}};
const std::vector<op::Dims> ternary_shapes[] = {{{2, 3}, {2, 3}, {2, 3}}, {{2, 3}, {}, {}},
                                                {{}, {3}, {2, 1}},        {{3}, {2, 1}, {1}},
                                                {{0}, {1}, {}},           {{2, 3}, {1, 3}, {2, 3}}};

template <size_t N>
void add(std::vector<OpCase>& cases, const Row& row, const std::vector<op::Dims> (&shapes)[N]) {
  op::Op id{};
  op::find_op(row.op, id);
  for (const std::vector<op::Dims>& shape : shapes) {
    OpCase c;
    c.op = id;
    c.note = row.note;
    for (size_t i = 0; i < shape.size(); ++i)
      c.inputs.push_back({f64(shape[i]), row.operands[i], row.fixed == static_cast<int>(i)});
    cases.push_back(std::move(c));
  }
}
}  // namespace

void add_elementwise_cases(std::vector<OpCase>& cases) {
  std::vector<op::DType> integral;
  for (op::DType d : all_dtypes)
    if (op::is_integral(d, true)) integral.push_back(d);
  for (const Row& row : rows) {
    if (row.operands.size() == 1) add(cases, row, unary_shapes);
    if (row.operands.size() == 2) add(cases, row, binary_shapes);
    if (row.operands.size() == 3) add(cases, row, ternary_shapes);
  }
  for (const auto& shape : ternary_shapes)
    cases.push_back({op::Op::select,
                     {{boolean(shape[0]), any}, {f64(shape[1]), any}, {f64(shape[2]), any}},
                     {},
                     {},
                     ""});
  for (op::Op bits : {op::Op::bitwise_and, op::Op::bitwise_or, op::Op::bitwise_xor})
    for (op::DType dtype : integral)
      cases.push_back({bits,
                       {{{dtype, {2, 3}}, Domain::in(0, 9)}, {{dtype, {3}}, Domain::in(0, 9)}},
                       {},
                       {},
                       ""});
  for (op::Op shift : {op::Op::bitwise_left_shift, op::Op::bitwise_right_shift})
    for (op::DType dtype : integral)
      if (dtype != op::DType::Bool)
        cases.push_back({shift,
                         {{{dtype, {2, 19}}, Domain::in(-100, 100)},
                          {{dtype, {19}}, Domain::list({0, 1, 7, 8, 15, 31, 63, 64, -1})}},
                         {},
                         {},
                         ""});
  for (op::DType dtype : integral)
    cases.push_back({op::Op::bitwise_not, {{{dtype, {2, 3}}, Domain::in(0, 9)}}, {}, {}, ""});
  for (op::DType from : all_dtypes)
    for (op::DType to : all_dtypes) {
      cases.push_back(
          {op::Op::cast, {{{from, {2, 3}}, Domain::in(0, 9)}}, op::attrs::cast::pack(to), {}, ""});
      if (op::is_float(from))
        cases.push_back({op::Op::cast,
                         {{{from, {70}}, {Domain::special, -70000, 70000, {}}}},
                         op::attrs::cast::pack(to),
                         {},
                         "out of range",
                         /*smooth=*/false});
    }
}
}  // namespace test
}  // namespace torch
