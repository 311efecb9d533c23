#include "tests/op_rules/rules.h"

namespace torch {
namespace op {
namespace {

TEST(Reduction, DropsDims) {
  EXPECT_TYPES("float(2)", Op::sum, {f32({2, 3})}, attrs::sum::pack(Dims{1}));
  EXPECT_TYPES("float()", Op::mean, {f32({2, 3})}, attrs::mean::pack(Dims{0, 1}));
  EXPECT_TYPES("float(3)", Op::sum, {f32({0, 3})}, attrs::sum::pack(Dims{0}));
  EXPECT_TYPES("bool(3)", Op::any, {i1({2, 3})}, attrs::any::pack(Dims{0}));
  EXPECT_TYPES("long(2)", Op::argmax, {f32({2, 3})}, attrs::argmax::pack(1));
  EXPECT_TYPES("int(0)", Op::max, {i32({0, 3})}, attrs::max::pack(Dims{1}));
}

TEST(Reduction, ChecksDims) {
  EXPECT_RULE_ERROR("Dimension out of range (expected to be in range of [0, 1], but got 2)",
                    Op::sum, {f32({2, 3})}, attrs::sum::pack(Dims{2}));
  EXPECT_RULE_ERROR("but got -1)", Op::sum, {f32({2, 3})}, attrs::sum::pack(Dims{-1}));
  EXPECT_RULE_ERROR("dim 0 appears multiple times in the list of dims", Op::sum, {f32({2, 3})},
                    attrs::sum::pack(Dims{0, 0}));
  EXPECT_RULE_ERROR("ascending", Op::sum, {f32({2, 3})}, attrs::sum::pack(Dims{1, 0}));
  EXPECT_RULE_ERROR("at least one", Op::sum, {f32({2, 3})}, attrs::sum::pack(Dims{}));
  EXPECT_RULE_ERROR("tensor has no dimensions", Op::sum, {f32({})}, attrs::sum::pack(Dims{0}));
  EXPECT_RULE_ERROR("Expected reduction dim 1 to have non-zero size", Op::max, {f32({2, 0})},
                    attrs::max::pack(Dims{1}));
  EXPECT_RULE_ERROR("Expected reduction dim 0 to have non-zero size", Op::argmin, {f32({0})},
                    attrs::argmin::pack(0));
  EXPECT_RULE_ERROR("\"mean\" not implemented for 'Long'", Op::mean, {i64({2})},
                    attrs::mean::pack(Dims{0}));
}

TEST(Matmul, Multiplies) {
  EXPECT_TYPES("float(2, 5)", Op::matmul, {f32({2, 3}), f32({3, 5})});
  EXPECT_TYPES("float(7, 0, 5)", Op::matmul, {f32({7, 0, 3}), f32({7, 3, 5})});
  EXPECT_TYPES("long(2, 5)", Op::matmul, {i64({2, 0}), i64({0, 5})});
  EXPECT_RULE_ERROR("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)", Op::matmul,
                    {f32({2, 3}), f32({4, 5})});
  EXPECT_RULE_ERROR(
      "Expected size for first two dimensions of batch2 tensor to be: [7, 3] but got: [7, 4].",
      Op::matmul, {f32({7, 2, 3}), f32({7, 4, 5})});
  EXPECT_RULE_ERROR(
      "Expected size for first two dimensions of batch2 tensor to be: [7, 3] but got: [1, 3].",
      Op::matmul, {f32({7, 2, 3}), f32({1, 3, 5})});
  EXPECT_RULE_ERROR("expected m1 and m2 to have the same dtype, but got: float != double",
                    Op::matmul, {f32({2, 3}), f64({3, 5})});
  EXPECT_RULE_ERROR("at least 2", Op::matmul, {f32({3}), f32({3})});
}

Attrs conv_attrs(Dims stride, Dims padding, Dims dilation, int64_t groups) {
  return attrs::conv::pack(stride, padding, dilation, groups);
}

TEST(Conv, ShapesOfAllThree) {
  const Attrs a = conv_attrs({2, 1}, {1, 2}, {1, 2}, 2);
  EXPECT_TYPES("float(8, 6, 14, 28)", Op::conv, {f32({8, 4, 28, 28}), f32({6, 2, 3, 3})}, a);
  EXPECT_TYPES("float(8, 4, 28, 28)", Op::conv_input_grad, {f32({8, 6, 14, 28}), f32({6, 2, 3, 3})},
               attrs::conv_input_grad::pack(Dims{2, 1}, Dims{1, 2}, Dims{1, 2}, 2, Dims{28, 28}));
  EXPECT_TYPES("float(6, 2, 3, 3)", Op::conv_weight_grad,
               {f32({8, 6, 14, 28}), f32({8, 4, 28, 28})},
               attrs::conv_weight_grad::pack(Dims{2, 1}, Dims{1, 2}, Dims{1, 2}, 2, Dims{3, 3}));
  EXPECT_TYPES("double(0, 3, 4)", Op::conv, {f64({0, 1, 6}), f64({3, 1, 3})},
               conv_attrs({1}, {0}, {1}, 1));
  EXPECT_RULE_ERROR(
      "expected grad_output of size [8, 6, 14, 28]; got [8, 6, 14, 27]", Op::conv_weight_grad,
      {f32({8, 6, 14, 27}), f32({8, 4, 28, 28})},
      attrs::conv_weight_grad::pack(Dims{2, 1}, Dims{1, 2}, Dims{1, 2}, 2, Dims{3, 3}));
}

TEST(Conv, SaysItAsLibtorch) {
  const Attrs one = conv_attrs({1, 1}, {0, 0}, {1, 1}, 1);
  EXPECT_RULE_ERROR(
      "Given groups=1, weight of size [20, 1, 5, 5], expected input[8, 3, 28, 28] to have 1 "
      "channels, but got 3 "
      "channels instead",
      Op::conv, {f32({8, 3, 28, 28}), f32({20, 1, 5, 5})}, one);
  EXPECT_RULE_ERROR(
      "Expected 4-dimensional input for 4-dimensional weight [20, 1, 5, 5], but got 3-dimensional "
      "input of size "
      "[1, 28, 28] instead",
      Op::conv, {f32({1, 28, 28}), f32({20, 1, 5, 5})}, one);
  EXPECT_RULE_ERROR(
      "Calculated padded input size per channel: (3 x 3). Kernel size: (5 x 5). Kernel size can't "
      "be greater "
      "than actual input size",
      Op::conv, {f32({1, 1, 3, 3}), f32({20, 1, 5, 5})}, one);
  EXPECT_RULE_ERROR(
      "Given groups=3, expected weight to be divisible by 3 at dimension 0, but got weight of size "
      "[20, 1, 5, 5] "
      "instead",
      Op::conv, {f32({1, 3, 9, 9}), f32({20, 1, 5, 5})}, conv_attrs({1, 1}, {0, 0}, {1, 1}, 3));
  EXPECT_RULE_ERROR("non-positive groups is not supported", Op::conv,
                    {f32({1, 3, 9, 9}), f32({20, 1, 5, 5})}, conv_attrs({1, 1}, {0, 0}, {1, 1}, 0));
  EXPECT_RULE_ERROR("non-positive stride is not supported", Op::conv,
                    {f32({1, 1, 9, 9}), f32({20, 1, 5, 5})}, conv_attrs({0, 1}, {0, 0}, {1, 1}, 1));
  EXPECT_RULE_ERROR("negative padding is not supported", Op::conv,
                    {f32({1, 1, 9, 9}), f32({20, 1, 5, 5})},
                    conv_attrs({1, 1}, {-1, 0}, {1, 1}, 1));
  EXPECT_RULE_ERROR("dilation should be greater than zero", Op::conv,
                    {f32({1, 1, 9, 9}), f32({20, 1, 5, 5})}, conv_attrs({1, 1}, {0, 0}, {1, 0}, 1));
  EXPECT_RULE_ERROR("expected stride to have 2 elements; got stride=[1]", Op::conv,
                    {f32({1, 1, 9, 9}), f32({20, 1, 5, 5})}, conv_attrs({1}, {0, 0}, {1, 1}, 1));
  EXPECT_RULE_ERROR("kernel size should be greater than zero", Op::conv,
                    {f32({1, 1, 9, 9}), f32({2, 1, 0, 5})}, one);
  EXPECT_RULE_ERROR("weight with 3 to 5 dims", Op::conv, {f32({1, 1}), f32({1, 1})},
                    conv_attrs({}, {}, {}, 1));
}

TEST(Window, Pools) {
  const auto pool = [](Dims w, Dims s, Dims p, Dims d, bool ceil) {
    return attrs::max_pool::pack(w, s, p, d, ceil);
  };
  EXPECT_TYPES("float(8, 20, 12, 12) long(8, 20, 12, 12)", Op::max_pool, {f32({8, 20, 24, 24})},
               pool({2, 2}, {2, 2}, {0, 0}, {1, 1}, false));
  EXPECT_TYPES("float(3) long(3)", Op::max_pool, {f32({7})}, pool({3}, {2}, {0}, {1}, false));
  EXPECT_TYPES("float(3)", Op::window_sum, {f32({6})},
               attrs::window_sum::pack(Dims{3}, Dims{2}, Dims{0}, Dims{1}, true));
  EXPECT_TYPES("float(2)", Op::window_sum, {f32({6})},
               attrs::window_sum::pack(Dims{3}, Dims{2}, Dims{0}, Dims{1}, false));
  // The last window would start in the high padding.
  EXPECT_TYPES("float(2)", Op::window_sum, {f32({3})},
               attrs::window_sum::pack(Dims{2}, Dims{2}, Dims{1}, Dims{1}, true));
  EXPECT_RULE_ERROR(
      "Given input size: (20x1x1). Calculated output size: (20x0x0). Output size is too small",
      Op::max_pool, {f32({8, 20, 1, 1})}, pool({2, 2}, {2, 2}, {0, 0}, {1, 1}, false));
  EXPECT_RULE_ERROR(
      "pad should be at most half of effective kernel size, but got pad=2, kernel_size=3 and "
      "dilation=1",
      Op::max_pool, {f32({9})}, pool({3}, {1}, {2}, {1}, false));
  EXPECT_RULE_ERROR("stride should be greater than zero", Op::max_pool, {f32({9})},
                    pool({3}, {0}, {0}, {1}, false));
  EXPECT_RULE_ERROR("kernel size should be greater than zero", Op::max_pool, {f32({9})},
                    pool({0}, {1}, {0}, {1}, false));
  EXPECT_RULE_ERROR("dilation should be greater than zero", Op::max_pool, {f32({9})},
                    pool({3}, {1}, {0}, {-1}, false));
  EXPECT_RULE_ERROR("pad must be non-negative", Op::max_pool, {f32({9})},
                    pool({3}, {1}, {-1}, {1}, false));
  EXPECT_RULE_ERROR("window dims", Op::max_pool, {f32({9})},
                    pool({3, 3}, {1, 1}, {0, 0}, {1, 1}, false));
  EXPECT_RULE_ERROR("window dims", Op::max_pool, {f32({})}, pool({}, {}, {}, {}, false));
  EXPECT_RULE_ERROR("\"max_pool\" not implemented for 'Bool'", Op::max_pool, {i1({9})},
                    pool({3}, {1}, {0}, {1}, false));
}

TEST(Window, GradientsTakeEitherRounding) {
  const Attrs a = attrs::max_pool_grad::pack(Dims{3}, Dims{2}, Dims{0}, Dims{1}, Dims{6});
  EXPECT_TYPES("float(4, 6)", Op::max_pool_grad, {f32({4, 2}), i64({4, 2})}, a);
  EXPECT_TYPES("float(4, 6)", Op::max_pool_grad, {f32({4, 3}), i64({4, 3})}, a);
  EXPECT_TYPES("float(4, 6)", Op::window_sum_grad, {f32({4, 3})}, a);
  EXPECT_RULE_ERROR("trailing sizes [2] or, in ceil mode, [3]; got [4, 4]", Op::window_sum_grad,
                    {f32({4, 4})}, a);
  EXPECT_RULE_ERROR("expected indices of type long(4, 2); got int(4, 2)", Op::max_pool_grad,
                    {f32({4, 2}), i32({4, 2})}, a);
}

TEST(View, Reshape) {
  EXPECT_TYPES("float(6)", Op::reshape, {f32({2, 3})}, attrs::reshape::pack(Dims{6}));
  EXPECT_TYPES("float()", Op::reshape, {f32({1, 1})}, attrs::reshape::pack(Dims{}));
  EXPECT_TYPES("float(0, 7)", Op::reshape, {f32({3, 0})}, attrs::reshape::pack(Dims{0, 7}));
  EXPECT_RULE_ERROR("shape '[2, 3]' is invalid for input of size 5", Op::reshape, {f32({5})},
                    attrs::reshape::pack(Dims{2, 3}));
  EXPECT_RULE_ERROR("invalid shape dimension -1", Op::reshape, {f32({5})},
                    attrs::reshape::pack(Dims{-1}));
  EXPECT_RULE_ERROR("is invalid for input of size 0", Op::reshape, {f32({0})},
                    attrs::reshape::pack(Dims{int64_t(1) << 32, int64_t(1) << 32}));
}

TEST(View, PermuteExpandFlip) {
  EXPECT_TYPES("float(4, 2, 3)", Op::permute, {f32({2, 3, 4})},
               attrs::permute::pack(Dims{2, 0, 1}));
  EXPECT_RULE_ERROR("input.dim() = 2 is not equal to len(dims) = 1", Op::permute, {f32({2, 3})},
                    attrs::permute::pack(Dims{0}));
  EXPECT_RULE_ERROR("duplicate dims are not allowed", Op::permute, {f32({2, 3})},
                    attrs::permute::pack(Dims{0, 0}));
  EXPECT_RULE_ERROR("Dimension out of range", Op::permute, {f32({2, 3})},
                    attrs::permute::pack(Dims{0, 2}));
  EXPECT_TYPES("float(4, 2, 3)", Op::expand, {f32({2, 1})}, attrs::expand::pack(Dims{4, 2, 3}));
  EXPECT_TYPES("float(0)", Op::expand, {f32({1})}, attrs::expand::pack(Dims{0}));
  EXPECT_RULE_ERROR(
      "The expanded size of the tensor (3) must match the existing size (2) at non-singleton "
      "dimension 1.  Target "
      "sizes: [3, 3].  Tensor sizes: [3, 2]",
      Op::expand, {f32({3, 2})}, attrs::expand::pack(Dims{3, 3}));
  EXPECT_RULE_ERROR(
      "the number of sizes provided (1) must be greater or equal to the number of dimensions in "
      "the tensor (2)",
      Op::expand, {f32({3, 2})}, attrs::expand::pack(Dims{3}));
  EXPECT_RULE_ERROR("isn't allowed", Op::expand, {f32({3})}, attrs::expand::pack(Dims{-1, 3}));
  EXPECT_RULE_ERROR("overflowed", Op::expand, {f32({1})}, attrs::expand::pack(Dims{INT64_MAX, 2}));
  EXPECT_TYPES("float(2, 3)", Op::flip, {f32({2, 3})}, attrs::flip::pack(Dims{1, 0}));
  EXPECT_RULE_ERROR("dim 1 appears multiple times", Op::flip, {f32({2, 3})},
                    attrs::flip::pack(Dims{1, 1}));
}

TEST(View, SliceInsert) {
  EXPECT_TYPES("float(2, 2)", Op::slice, {f32({5, 3}), i64({}), i64({})},
               attrs::slice::pack(Dims{2, 2}, Dims{3, 1}));
  EXPECT_TYPES("float(0)", Op::slice, {f32({0}), i64({})}, attrs::slice::pack(Dims{0}, Dims{9}));
  EXPECT_TYPES("float()", Op::slice, {f32({})}, attrs::slice::pack(Dims{}, Dims{}));
  EXPECT_RULE_ERROR("a slice of 2 elements with step 5 exceeds dimension 0 of size 5", Op::slice,
                    {f32({5}), i64({})}, attrs::slice::pack(Dims{2}, Dims{5}));
  EXPECT_RULE_ERROR("slice step must be positive", Op::slice, {f32({5}), i64({})},
                    attrs::slice::pack(Dims{2}, Dims{0}));
  EXPECT_RULE_ERROR("negative dimension", Op::slice, {f32({5}), i64({})},
                    attrs::slice::pack(Dims{-2}, Dims{1}));
  EXPECT_RULE_ERROR("exceeds dimension", Op::slice, {f32({5}), i64({})},
                    attrs::slice::pack(Dims{INT64_MAX}, Dims{INT64_MAX}));
  EXPECT_RULE_ERROR("expected a start for each of 2 dims; got 1", Op::slice, {f32({5, 3}), i64({})},
                    attrs::slice::pack(Dims{2, 2}, Dims{1, 1}));
  EXPECT_RULE_ERROR("0-dim tensor of long; got float()", Op::slice, {f32({5}), f32({})},
                    attrs::slice::pack(Dims{2}, Dims{1}));
  EXPECT_TYPES("float(5)", Op::insert, {f32({5}), f32({2}), i64({})}, attrs::insert::pack(Dims{4}));
  EXPECT_RULE_ERROR("exceeds dimension 0 of size 5", Op::insert, {f32({5}), f32({2}), i64({})},
                    attrs::insert::pack(Dims{5}));
  EXPECT_RULE_ERROR("expected update to have scalar type Float; got Double", Op::insert,
                    {f32({5}), f64({2}), i64({})}, attrs::insert::pack(Dims{1}));
}

TEST(View, PadConcat) {
  EXPECT_TYPES("float(10)", Op::pad, {f32({3}), f32({})},
               attrs::pad::pack(Dims{1}, Dims{2}, Dims{2}));
  EXPECT_TYPES("float(3)", Op::pad, {f32({0}), f32({})},
               attrs::pad::pack(Dims{1}, Dims{2}, Dims{9}));
  EXPECT_RULE_ERROR("expected every element of low to be at least 0; got low=[-1]", Op::pad,
                    {f32({3}), f32({})}, attrs::pad::pack(Dims{-1}, Dims{2}, Dims{2}));
  EXPECT_RULE_ERROR("overflows", Op::pad, {f32({3}), f32({})},
                    attrs::pad::pack(Dims{INT64_MAX}, Dims{2}, Dims{INT64_MAX}));
  EXPECT_RULE_ERROR("expected padding value to be a 0-dim tensor of float; got float(1)", Op::pad,
                    {f32({3}), f32({1})}, attrs::pad::pack(Dims{1}, Dims{2}, Dims{2}));
  EXPECT_TYPES("float(2, 7)", Op::concat, {f32({2, 3}), f32({2, 0}), f32({2, 4})},
               attrs::concat::pack(1));
  EXPECT_RULE_ERROR(
      "Sizes of tensors must match except in dimension 0. Expected size 3 but got size 4 for "
      "tensor number 1 in "
      "the list.",
      Op::concat, {f32({2, 3}), f32({2, 4})}, attrs::concat::pack(0));
  EXPECT_RULE_ERROR("expected a non-empty list of Tensors", Op::concat, {}, attrs::concat::pack(0));
  EXPECT_RULE_ERROR("zero-dimensional tensor (at position 1) cannot be concatenated", Op::concat,
                    {f32({2}), f32({})}, attrs::concat::pack(0));
  EXPECT_RULE_ERROR("Tensors must have same number of dimensions: got 1 and 2", Op::concat,
                    {f32({2}), f32({2, 2})}, attrs::concat::pack(0));
}

TEST(Indexing, GatherScatter) {
  EXPECT_TYPES("float(2, 9)", Op::gather, {f32({3, 4}), i64({2, 9})}, attrs::gather::pack(1));
  EXPECT_RULE_ERROR(
      "Size does not match at dimension 0 expected index [4, 9] to be no larger than self [3, 4] "
      "apart from "
      "dimension 1",
      Op::gather, {f32({3, 4}), i64({4, 9})}, attrs::gather::pack(1));
  EXPECT_RULE_ERROR("Index tensor must have the same number of dimensions as input tensor",
                    Op::gather, {f32({3, 4}), i64({4})}, attrs::gather::pack(1));
  EXPECT_RULE_ERROR("Expected dtype int32/int64 for index", Op::gather, {f32({3}), f32({3})},
                    attrs::gather::pack(0));
  EXPECT_TYPES("float(3, 4)", Op::scatter_add, {f32({3, 4}), i32({2, 9}), f32({2, 9})},
               attrs::scatter_add::pack(1));
  EXPECT_RULE_ERROR("expected index and src of one size; got (2, 9) and (3, 9)", Op::scatter,
                    {f32({3, 4}), i64({2, 9}), f32({3, 9})}, attrs::scatter::pack(1));
  EXPECT_RULE_ERROR("\"scatter_add\" not implemented for 'Bool'", Op::scatter_add,
                    {i1({3}), i64({1}), i1({1})}, attrs::scatter_add::pack(0));
}

TEST(Indexing, IndexSelectAdd) {
  EXPECT_TYPES("float(3, 9)", Op::index_select, {f32({3, 4}), i64({9})},
               attrs::index_select::pack(1));
  EXPECT_TYPES("float(0, 4)", Op::index_select, {f32({3, 4}), i32({0})},
               attrs::index_select::pack(0));
  EXPECT_RULE_ERROR("Index is supposed to be a vector", Op::index_select, {f32({3, 4}), i64({})},
                    attrs::index_select::pack(1));
  EXPECT_TYPES("float(3, 4)", Op::index_add, {f32({3, 4}), i64({9}), f32({9, 4})},
               attrs::index_add::pack(0));
  EXPECT_RULE_ERROR("Number of indices (9) should be equal to source.size(dim): (8), for dim: 0",
                    Op::index_add, {f32({3, 4}), i64({9}), f32({8, 4})}, attrs::index_add::pack(0));
  EXPECT_RULE_ERROR("Source/destination tensor must have same slice shapes", Op::index_add,
                    {f32({3, 4}), i64({9}), f32({9, 5})}, attrs::index_add::pack(0));
}

TEST(Creation, Sizes) {
  EXPECT_TYPES("float(2, 3)", Op::constant, {},
               attrs::constant::pack(Literal::of(DType::Float, 1), Dims{2, 3}));
  EXPECT_RULE_ERROR("Trying to create tensor with negative dimension -1: [-1]", Op::constant, {},
                    attrs::constant::pack(Literal::of(DType::Float, 1), Dims{-1}));
  EXPECT_RULE_ERROR("Storage size calculation overflowed with sizes=[4611686018427387904, 4]",
                    Op::constant, {},
                    attrs::constant::pack(Literal::of(DType::Float, 1), Dims{int64_t(1) << 62, 4}));
  EXPECT_TYPES("long(2, 3)", Op::iota, {}, attrs::iota::pack(Dims{2, 3}, 1, DType::Long));
  EXPECT_RULE_ERROR("not implemented for 'Bool'", Op::iota, {},
                    attrs::iota::pack(Dims{2, 3}, 1, DType::Bool));
  EXPECT_TYPES("double(2)", Op::random_normal, {i64({}), i64({})},
               attrs::random_normal::pack(Dims{2}, DType::Double));
  EXPECT_RULE_ERROR("expected dtype Float or Double; got Long", Op::random_uniform,
                    {i64({}), i64({})}, attrs::random_uniform::pack(Dims{2}, DType::Long));
  EXPECT_TYPES("int(2)", Op::random_bits, {i64({}), i64({})},
               attrs::random_bits::pack(Dims{2}, DType::Int));
  EXPECT_RULE_ERROR("expected seed to be a 0-dim tensor of long", Op::random_bits,
                    {f32({}), i64({})}, attrs::random_bits::pack(Dims{2}, DType::Int));
}

TEST(Control, GradCachedDetach) {
  EXPECT_TYPES("float(3) float(4)", Op::grad, {f32({}), f32({}), f32({3}), f32({4})},
               attrs::grad::pack(1, false));
  EXPECT_RULE_ERROR(
      "Mismatch in shape: grad_output[0] has a shape of [2] and output[0] has a shape of []",
      Op::grad, {f32({}), f32({2}), f32({3})}, attrs::grad::pack(1, false));
  EXPECT_RULE_ERROR("num_outputs=2", Op::grad, {f32({}), f32({}), f32({3})}, attrs::grad::pack(2, false));
  EXPECT_RULE_ERROR("num_outputs=-1", Op::grad, {f32({}), f32({}), f32({3})},
                    attrs::grad::pack(-1, false));
  EXPECT_RULE_ERROR("floating point", Op::grad, {f32({}), f32({}), i64({3})}, attrs::grad::pack(1, false));
  EXPECT_TYPES("float(3)", Op::cached, {f32({3}), f32({3})});
  EXPECT_RULE_ERROR("of one type; got float(3) and float(4)", Op::cached, {f32({3}), f32({4})});
  EXPECT_TYPES("long(3)", Op::detach, {i64({3})});
  EXPECT_RULE_ERROR("do not follow from its operands", Op::kernel, {f32({})});
}

std::string scan_text(const std::vector<Type>& operands, const Attrs& attrs,
                      const std::vector<Type>& inputs, const std::vector<Type>& outputs) {
  Types results;
  const std::string error = infer_scan(pointers(operands), attrs, inputs, outputs, results);
  if (!error.empty()) return "error: " + error;
  std::string text;
  for (const Type& t : results) text += (text.empty() ? "" : " ") + to_string(t);
  return text;
}

TEST(Control, Scan) {
  const Attrs a = attrs::scan::pack(1, 1, false);
  EXPECT_EQ(scan_text({f32({4}), f32({7, 3}), f32({2})}, a, {f32({4}), f32({3}), f32({2})},
                      {f32({4}), i64({})}),
            "float(4) long(7)");
  EXPECT_THAT(scan_text({f32({4}), f32({7, 3})}, a, {f32({4}), f32({7, 3})}, {f32({4})}),
              HasSubstr("expected argument 1 of the body to be float(3); got float(7, 3)"));
  EXPECT_THAT(scan_text({f32({4}), f32({7, 3})}, a, {f32({4}), f32({3})}, {f32({5})}),
              HasSubstr("expected next state 0 to be float(4) as the initial one; got float(5)"));
  EXPECT_THAT(scan_text({f32({4}), f32({7, 3})}, a, {f32({4})}, {}),
              HasSubstr("expected a body with 2 arguments; got 1"));
  EXPECT_THAT(scan_text({f32({4})}, attrs::scan::pack(1, 0, false), {f32({4})}, {f32({4})}),
              HasSubstr("stacked operand"));
  EXPECT_THAT(scan_text({f32({4}), f32({})}, a, {f32({4}), f32({})}, {f32({4})}),
              HasSubstr("leading dim"));
  EXPECT_THAT(scan_text({f32({4})}, attrs::scan::pack(-1, 9, false), {f32({4})}, {}),
              HasSubstr("num_carried=-1"));
}
}  // namespace
}  // namespace op
}  // namespace torch
