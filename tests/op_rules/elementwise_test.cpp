#include "tests/op_rules/rules.h"

namespace torch {
namespace op {
namespace {

TEST(Elementwise, Broadcasts) {
  EXPECT_TYPES("float(2, 3)", Op::add, {f32({2, 3}), f32({2, 3})});
  EXPECT_TYPES("float(2, 3)", Op::add, {f32({2, 1}), f32({3})});
  EXPECT_TYPES("float(2, 3)", Op::mul, {f32({2, 3}), f32({})});
  EXPECT_TYPES("float()", Op::add, {f32({}), f32({})});
  EXPECT_TYPES("float(0, 3)", Op::add, {f32({0, 3}), f32({1, 1})});
  EXPECT_TYPES("long(4, 1, 2)", Op::sub, {i64({4, 1, 1}), i64({1, 2})});
  EXPECT_TYPES("float(2, 3, 4)", Op::clamp, {f32({2, 1, 1}), f32({3, 1}), f32({4})});
}

TEST(Elementwise, SaysWhichSizesDoNotFit) {
  EXPECT_RULE_ERROR(
      "The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 1",
      Op::add, {f32({2, 3}), f32({2, 4})});
  EXPECT_RULE_ERROR("got (2, 3) and (2, 4); expected sizes that are equal or 1", Op::add,
                    {f32({2, 3}), f32({2, 4})});
  EXPECT_RULE_ERROR(
      "The size of tensor a (2) must match the size of tensor b (0) at non-singleton dimension 0",
      Op::add, {f32({2}), f32({0})});
  EXPECT_RULE_ERROR(
      "The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 2",
      Op::add, {f32({5, 4, 3}), f32({2})});
  EXPECT_RULE_ERROR(
      "The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 0",
      Op::clamp, {f32({3}), f32({}), f32({4})});
}

TEST(Elementwise, HasOneElementType) {
  EXPECT_RULE_ERROR("expected operands of one scalar type; got Float and Double", Op::add,
                    {f32({2}), f64({2})});
  EXPECT_RULE_ERROR("expected operands of one scalar type; got Float and Double", Op::select,
                    {i1({2}), f32({2}), f64({2})});
  EXPECT_RULE_ERROR("expected condition to be a boolean tensor, but got a tensor with dtype Float",
                    Op::select, {f32({2}), f32({2}), f32({2})});
  EXPECT_TYPES("double(2, 2)", Op::select, {i1({2, 1}), f64({2}), f64({})});
}

TEST(Elementwise, ClassesOfElementTypes) {
  EXPECT_RULE_ERROR("\"exp\" not implemented for 'Long'", Op::exp, {i64({2})});
  EXPECT_RULE_ERROR("\"add\" not implemented for 'Bool'", Op::add, {i1({2}), i1({2})});
  EXPECT_RULE_ERROR("\"bitwise_and\" not implemented for 'Float'", Op::bitwise_and,
                    {f32({2}), f32({2})});
  EXPECT_TYPES("bool(2)", Op::bitwise_not, {i1({2})});
  EXPECT_TYPES("unsigned char(2)", Op::bitwise_or, {u8({2}), u8({})});
  EXPECT_RULE_ERROR("without element type", Op::neg, {Type()});
}

TEST(Elementwise, ComparisonsGiveBool) {
  EXPECT_TYPES("bool(2, 3)", Op::lt, {f32({2, 1}), f32({3})});
  EXPECT_TYPES("bool(2)", Op::eq, {i1({2}), i1({2})});
  EXPECT_TYPES("bool()", Op::isnan, {f64({})});
  EXPECT_RULE_ERROR("\"isnan\" not implemented for 'Int'", Op::isnan, {i32({})});
}

TEST(Elementwise, CastTakesAnyType) {
  EXPECT_TYPES("unsigned char(2)", Op::cast, {f32({2})}, attrs::cast::pack(DType::Byte));
  EXPECT_TYPES("c10::Half(2)", Op::cast, {f32({2})}, attrs::cast::pack(DType::Half));
  EXPECT_TYPES("bool(0)", Op::cast, {i64({0})}, attrs::cast::pack(DType::Bool));
  EXPECT_RULE_ERROR("malformed attributes", Op::cast, {f32({2})},
                    attrs::cast::pack(DType::ComplexFloat));
  EXPECT_RULE_ERROR("malformed attributes", Op::cast, {f32({2})},
                    attrs::cast::pack(DType::Undefined));
}

TEST(Elementwise, BroadcastingMayOverflow) {
  const int64_t big = int64_t(1) << 40;
  EXPECT_RULE_ERROR("Storage size calculation overflowed with sizes=[1099511627776, 1099511627776]",
                    Op::add, {f32({big, 1}), f32({1, big})});
}

TEST(Infer, CountsOperands) {
  EXPECT_RULE_ERROR("got 1 operands; expected 2", Op::add, {f32({})});
  EXPECT_RULE_ERROR("got 3 operands; expected 1", Op::exp, {f32({}), f32({}), f32({})});
  EXPECT_RULE_ERROR("got no operands", Op::slice, {}, attrs::slice::pack({}, {}));
  EXPECT_RULE_ERROR("got 1 operands", Op::insert, {f32({})}, attrs::insert::pack({}));
}

TEST(Infer, RefusesAttributesThatAreNoAttributes) {
  EXPECT_RULE_ERROR("malformed attributes", Op::sum, {f32({2})});
  EXPECT_RULE_ERROR("malformed attributes", Op::sum, {f32({2})}, Attrs{5, 0});
  EXPECT_RULE_ERROR("malformed attributes", Op::sum, {f32({2})}, Attrs{-1, 0});
  EXPECT_RULE_ERROR("malformed attributes", Op::sum, {f32({2})}, Attrs{1, 0, 7});
  EXPECT_RULE_ERROR("malformed attributes", Op::sum, {f32({2})}, Attrs{INT64_MAX, 0});
  EXPECT_RULE_ERROR("malformed attributes", Op::iota, {}, Attrs{1, 3, 0, 300});
  EXPECT_RULE_ERROR("malformed attributes", Op::constant, {},
                    Attrs{static_cast<int64_t>(DType::Float)});
}

// Every row: no operands, too many, wrong attributes, empty and huge operands give an answer and
// never more than that.
TEST(Infer, SurvivesNonsense) {
  const int64_t words[] = {0, 1, 2, 3, -1, INT64_MIN, INT64_MAX, 7, int64_t(1) << 62};
  const std::vector<Type> types = {f32({}),  f32({0}),  f32({2, 3}),          i64({}),
                                   i64({4}), i1({3}),   f32({INT64_MAX / 4}), f32({2, 3, 4, 5}),
                                   Type(),   f32({-1}), i64({2, 3, 4, 5})};
  uint32_t state = 1;
  const auto next = [&](size_t n) { return (state = state * 1664525u + 1013904223u) / 65536 % n; };
  for (size_t i = 0; i < op_count(); ++i) {
    const OpInfo& row = info(static_cast<Op>(i));
    for (int round = 0; round < 3000; ++round) {
      std::vector<Type> operands;
      const size_t count = row.num_operands >= 0 && next(8) ? row.num_operands : next(7);
      for (size_t k = 0; k < count; ++k) operands.push_back(types[next(types.size())]);
      AttrWriter w;
      for (const AttrInfo& a : row.attrs) {
        if (a.kind == AttrKind::i64_array) {
          Dims list;
          for (size_t n = next(5); n > 0; --n) list.push_back(words[next(std::size(words))]);
          w.i64_array(list);
        } else if (a.kind == AttrKind::value) {
          w.value(Literal::of(DType::Float, 1.5));
        } else {
          w.i64(a.kind == AttrKind::dtype ? int64_t(next(14)) : words[next(std::size(words))]);
        }
      }
      if (next(50) == 0 && !w.attrs.empty()) w.attrs.pop_back();
      Types results;
      const std::string error = infer(static_cast<Op>(i), pointers(operands), w.attrs, results);
      if (!error.empty()) continue;
      for (const Type& t : results) {
        int64_t numel;
        EXPECT_TRUE(find_dtype(t.dtype) && checked_numel(t.dims, dtype_bytes(t.dtype), numel))
            << row.name;
      }
      if (row.num_results >= 0) EXPECT_EQ(results.size(), size_t(row.num_results)) << row.name;
    }
  }
}

TEST(Table, FindsEveryOpByName) {
  for (size_t i = 0; i < op_count(); ++i) {
    Op found;
    ASSERT_TRUE(find_op(info(static_cast<Op>(i)).name, found));
    EXPECT_EQ(found, static_cast<Op>(i));
  }
  Op found;
  EXPECT_FALSE(find_op("no such op", found));
  EXPECT_EQ(std::string(name(Op::max_pool)), "max_pool");
}

TEST(Table, KnowsWhatVjpsRead) {
  EXPECT_EQ(info(Op::mul).vjp_reads_operands, 3u);
  EXPECT_EQ(info(Op::exp).vjp_reads_operands, 0u);
  EXPECT_EQ(info(Op::exp).vjp_reads_results, 1u);
  EXPECT_EQ(info(Op::relu).vjp_reads_operands, 0u);
  EXPECT_EQ(info(Op::insert).vjp_reads_operands, ~3u);
  EXPECT_FALSE(info(Op::argmax).differentiable);
}

TEST(LiteralTest, KeepsValues) {
  EXPECT_EQ(Literal::of(DType::Float, 0.1).as_double(), 0.1);
  EXPECT_EQ(Literal::of(DType::Long, -3.7).as_int(), -3);
  EXPECT_EQ(Literal::of(DType::Bool, 5).as_int(), 1);
  EXPECT_EQ(Literal::of(DType::Long, 1e300).as_int(), INT64_MAX);
  EXPECT_EQ(Literal::of(DType::Long, -1e300).as_int(), INT64_MIN);
  EXPECT_EQ(Literal::of(DType::Long, std::nan("")).as_int(), 0);
  EXPECT_EQ(Literal::of(DType::Double, 1e300).as_int(), INT64_MAX);
}

TEST(Dims, StridesAndSizes) {
  EXPECT_EQ(row_major_strides(Dims{2, 3, 4}), (Dims{12, 4, 1}));
  EXPECT_EQ(row_major_strides(Dims{}), Dims{});
  int64_t n = 0;
  EXPECT_TRUE(checked_numel(Dims{2, 0, 3}, 4, n));
  EXPECT_EQ(n, 0);
  EXPECT_FALSE(checked_numel(Dims{INT64_MAX, 0, 3}, 4, n));
  EXPECT_FALSE(checked_numel(Dims{int64_t(1) << 62}, 4, n));
  EXPECT_FALSE(checked_numel(Dims{-1}, 4, n));
  EXPECT_EQ(to_string(Dims{64, 128}), "(64, 128)");
}
}  // namespace
}  // namespace op
}  // namespace torch
