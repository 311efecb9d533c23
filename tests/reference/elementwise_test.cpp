#include "tests/ops/op_case.h"
#include "tests/reference/compare.h"

namespace torch {
namespace reference {
namespace {

using op::Dims;
using op::DType;
using op::Op;
using op::Type;

const std::vector<DType> kDTypes(std::begin(test::all_dtypes), std::end(test::all_dtypes));

bool takes(const op::OpInfo& info, DType d) {
  switch (info.types[0]) {
    case 'n': return d != DType::Bool;
    case 'f': return op::is_float(d);
    case 'i': return op::is_integral(d, true);
    case 'w': return op::is_integral(d, false);
    default: return true;
  }
}
/// What errors are measured by, where results come out smaller than what they are made of.
double scale(Op op) {
  if (op == Op::fmod || op == Op::remainder) return 20;
  return op == Op::logaddexp ? 1 : 0;
}
/// Numbers about the middle of where the op's first case has its operands.
std::vector<Normal> normals(Op op) {
  std::vector<Normal> found;
  for (const test::OpCase& c : test::op_cases()) {
    if (c.op != op || !found.empty()) continue;
    for (const test::Input& input : c.inputs)
      if (const auto& [kind, low, high, values] = input.domain; kind == test::Domain::listed)
        found.push_back({});
      else
        found.push_back({(low + high) / 2, (high - low) / 8});
  }
  return found;
}

TEST(ReferenceElementwise, EveryOpEveryTypeEveryBroadcast) {
  const std::vector<std::vector<Dims>> shapes = {{{2, 3, 4}, {2, 3, 4}, {2, 3, 4}},
                                                 {{2, 3, 4}, {}, {1}},
                                                 {{3, 1}, {1, 5}, {2, 1, 1}},
                                                 {{}, {}, {}},
                                                 {{0, 3}, {1, 3}, {3}},
                                                 {{4, 1, 3}, {4, 2, 1}, {4, 2, 3}}};
  int cases = 0;
  for (size_t i = 0; i < op::op_count(); ++i) {
    const Op op = static_cast<Op>(i);
    const op::OpInfo& info = op::info(op);
    if (info.family != op::Family::elementwise || op == Op::cast) continue;
    for (DType d : kDTypes) {
      if (!takes(info, d)) continue;
      for (const auto& dims : shapes) {
        std::vector<Type> operands;
        for (int k = 0; k < info.num_operands; ++k)
          operands.emplace_back(op == Op::select && k == 0 ? DType::Bool : d,
                                dims[static_cast<size_t>(k)]);
        expect_op(op, operands, {}, 8, scale(op), normals(op));
        ++cases;
      }
    }
  }
  EXPECT_GT(cases, 1000);
}

TEST(ReferenceElementwise, CastsBetweenAllTypes) {
  for (DType from : kDTypes)
    for (DType to : kDTypes)
      expect_op(Op::cast, {Type(from, {50})}, op::attrs::cast::pack(to), 1, 0, {{10, 20}});
}

TEST(ReferenceElementwise, CastsOutOfRangeAreAsX86SaysThem) {
  op::GraphBuilder b;
  const uint32_t x = b.input(Type(DType::Float, {4}));
  for (DType d : {DType::Int, DType::Long, DType::Byte, DType::Bool})
    b.output(b.add(Op::cast, {x}, op::attrs::cast::pack(d)));
  auto y = run_reference(b.graph, {tensor_of(Type(DType::Float, {4}), {3e9, -3e9, NAN, 1e30})});
  EXPECT_EQ(y[0].data<int32_t>()[0], INT32_MIN);
  EXPECT_EQ(y[0].data<int32_t>()[2], INT32_MIN);
  EXPECT_EQ(y[1].data<int64_t>()[0], 3000000000);
  EXPECT_EQ(y[1].data<int64_t>()[3], INT64_MIN);
  EXPECT_EQ(y[2].data<uint8_t>()[3], 0);
  EXPECT_TRUE(y[3].data<bool>()[2]);
}

TEST(ReferenceElementwise, SpecialValues) {
  for (DType d : {DType::Float, DType::Double}) {
    const Type t(d, {9});
    const std::vector<double> special = {0.0, -0.0, INFINITY, -INFINITY, NAN, 1e-40, -1e-40, 1, -1};
    for (Op op : {Op::exp, Op::log, Op::tanh, Op::erf, Op::sin, Op::sigmoid, Op::sqrt, Op::floor,
                  Op::sign, Op::relu, Op::isnan}) {
      SCOPED_TRACE(op::name(op));
      op::GraphBuilder b;
      const uint32_t x = b.input(t);
      b.output(b.add(op, {x}));
      expect_as_oracle(b.graph, {tensor_of(t, special)}, 4);
    }
    for (Op op :
         {Op::maximum, Op::minimum, Op::eq, Op::lt, Op::ge, Op::add, Op::mul, Op::div, Op::pow}) {
      SCOPED_TRACE(op::name(op));
      op::GraphBuilder b;
      const uint32_t x = b.input(Type(d, {9, 1})), y = b.input(t);
      b.output(b.add(op, {x, y}));
      expect_as_oracle(b.graph, {tensor_of(Type(d, {9, 1}), special), tensor_of(t, special)}, 4);
    }
  }
}
}  // namespace
}  // namespace reference
}  // namespace torch
