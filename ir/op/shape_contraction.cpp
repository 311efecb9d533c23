// Products with a summed index.
#include "ir/op/shape_check.h"

namespace torch {
namespace op {
namespace rules {

std::string matmul(Span<const Type*> operands, const Attrs&, Types& results) {
  const Type &a = *operands[0], &b = *operands[1];
  WEFT_REQUIRE(a.dtype == b.dtype, "expected m1 and m2 to have the same dtype, but got: ", a.dtype,
               " != ", b.dtype);
  const size_t rank = a.rank();
  WEFT_REQUIRE(rank >= 2 && b.rank() == rank,
               "expected two tensors with as many dims, at least 2; got ", to_string(a.dims),
               " and ", to_string(b.dims));
  const Span<int64_t> batch = first_dims(a.dims, rank - 2), other = first_dims(b.dims, rank - 2);
  const int64_t m = a.dims[rank - 2], k = a.dims[rank - 1], n = b.dims[rank - 1];
  if (batch != other || b.dims[rank - 2] != k) {
    const std::string got = message(": got ", to_string(a.dims), " and ", to_string(b.dims));
    if (rank == 2)
      return message("mat1 and mat2 shapes cannot be multiplied (", crossed(a.dims), " and ",
                     crossed(b.dims), ")", got, "; expected ", k, " rows on the right");
    Dims expected(batch);
    expected.push_back(k);
    return message(
        "Expected size for first two dimensions of batch2 tensor to be: ", brackets(expected),
        " but got: ", brackets(first_dims(b.dims, rank - 1)), ".", got);
  }
  Dims dims(batch);
  dims.push_back(m);
  dims.push_back(n);
  results.emplace_back(a.dtype, std::move(dims));
  return "";
}

namespace {
struct Window {
  Span<int64_t> stride, padding, dilation;
  int64_t groups;
};

std::string check_window(const Window& w, size_t spatial) {
  WEFT_REQUIRE(w.groups > 0, "non-positive groups is not supported: got groups=", w.groups);
  WEFT_CHECK(check_length("stride", w.stride, spatial));
  WEFT_CHECK(check_length("padding", w.padding, spatial));
  WEFT_CHECK(check_length("dilation", w.dilation, spatial));
  for (size_t i = 0; i < spatial; ++i) {
    WEFT_REQUIRE(w.padding[i] >= 0,
                 "negative padding is not supported: got padding=", brackets(w.padding));
    WEFT_REQUIRE(w.stride[i] > 0,
                 "non-positive stride is not supported: got stride=", brackets(w.stride));
    WEFT_REQUIRE(w.dilation[i] > 0,
                 "dilation should be greater than zero: got dilation=", brackets(w.dilation));
  }
  return "";
}

// The sizes of the result of a convolution of these input and weight sizes.
std::string convolve(Span<int64_t> input, Span<int64_t> weight, const Window& w, Dims& out) {
  const size_t rank = weight.size();
  WEFT_REQUIRE(rank >= 3 && rank <= 5,
               "expected a weight with 3 to 5 dims (1 to 3 of them spatial); got weight of size ",
               brackets(weight));
  WEFT_REQUIRE(input.size() == rank, "Expected ", rank, "-dimensional input for ", rank,
               "-dimensional weight ", brackets(weight), ", but got ", input.size(),
               "-dimensional input of size ", brackets(input), " instead");
  WEFT_CHECK(check_window(w, rank - 2));
  WEFT_REQUIRE(weight[0] >= w.groups, "Given groups=", w.groups,
               ", expected weight to be at least ", w.groups,
               " at dimension 0, but got weight of size ", brackets(weight), " instead");
  WEFT_REQUIRE(weight[0] % w.groups == 0, "Given groups=", w.groups,
               ", expected weight to be divisible by ", w.groups,
               " at dimension 0, but got weight of size ", brackets(weight), " instead");
  int64_t channels;
  WEFT_REQUIRE(!__builtin_mul_overflow(weight[1], w.groups, &channels) && input[1] == channels,
               "Given groups=", w.groups, ", weight of size ", brackets(weight), ", expected input",
               brackets(input), " to have ", weight[1] * static_cast<uint64_t>(w.groups),
               " channels, but got ", input[1], " channels instead");
  out = {input[0], weight[0]};
  for (size_t i = 0; i + 2 < rank; ++i) {
    WEFT_REQUIRE(weight[2 + i] > 0, "kernel size should be greater than zero: got weight of size ",
                 brackets(weight));
    const int64_t count =
        window_count(input[2 + i], weight[2 + i], w.stride[i], w.padding[i], w.dilation[i], false);
    if (count < 1) {
      Dims padded, kernel;
      for (size_t j = 0; j + 2 < rank; ++j) {
        padded.push_back(
            static_cast<int64_t>(input[2 + j] + 2 * static_cast<uint64_t>(w.padding[j])));
        kernel.push_back(
            static_cast<int64_t>(static_cast<uint64_t>(w.dilation[j]) * (weight[2 + j] - 1) + 1));
      }
      const auto spaced = [](Span<int64_t> s) {
        std::string text;
        for (size_t j = 0; j < s.size(); ++j) text += (j ? " x " : "") + std::to_string(s[j]);
        return text;
      };
      return message("Calculated padded input size per channel: (", spaced(padded),
                     "). Kernel size: (", spaced(kernel),
                     "). Kernel size can't be greater than actual input size");
    }
    out.push_back(count);
  }
  return "";
}

std::string check_cotangent(const Type& dy, Span<int64_t> expected) {
  WEFT_REQUIRE(dy.dims == Dims(expected), "expected grad_output of size ", brackets(expected),
               "; got ", brackets(dy.dims));
  return "";
}

// Sizes from attributes, which no other check has seen.
std::string check_given(Span<int64_t> sizes, size_t rank) {
  WEFT_REQUIRE(rank >= 3,
               "expected a weight or input with 3 to 5 dims (1 to 3 of them spatial); got ", rank,
               " dims");
  WEFT_CHECK(check_length("sizes", sizes, rank - 2));
  return check_sizes(sizes);
}
}  // namespace

std::string conv(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  const Type &x = *operands[0], &weight = *operands[1];
  const attrs::conv a(attrs);
  WEFT_CHECK(check_same_dtype("weight", x, weight));
  Dims out;
  WEFT_CHECK(convolve(x.dims, weight.dims, {a.stride, a.padding, a.dilation, a.groups}, out));
  results.emplace_back(x.dtype, std::move(out));
  return "";
}

std::string conv_input_grad(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  const Type &dy = *operands[0], &weight = *operands[1];
  const attrs::conv_input_grad a(attrs);
  WEFT_CHECK(check_same_dtype("weight", dy, weight));
  WEFT_REQUIRE(dy.rank() == weight.rank(), "expected grad_output with as many dims as weight; got ",
               to_string(dy.dims), " and ", to_string(weight.dims));
  WEFT_CHECK(check_given(a.sizes, dy.rank()));
  int64_t channels;
  WEFT_REQUIRE(!__builtin_mul_overflow(weight.dims[1], a.groups, &channels) && channels >= 0,
               "expected groups to be positive and groups times input channels to fit; got groups=",
               a.groups);
  Dims input{dy.dims[0], channels};
  input.append(a.sizes);
  Dims out;
  WEFT_CHECK(convolve(input, weight.dims, {a.stride, a.padding, a.dilation, a.groups}, out));
  WEFT_CHECK(check_cotangent(dy, out));
  results.emplace_back(dy.dtype, std::move(input));
  return "";
}

std::string conv_weight_grad(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  const Type &dy = *operands[0], &x = *operands[1];
  const attrs::conv_weight_grad a(attrs);
  WEFT_CHECK(check_same_dtype("input", dy, x));
  WEFT_REQUIRE(dy.rank() == x.rank(), "expected grad_output with as many dims as input; got ",
               to_string(dy.dims), " and ", to_string(x.dims));
  WEFT_CHECK(check_given(a.sizes, dy.rank()));
  WEFT_REQUIRE(a.groups > 0 && x.dims[1] % a.groups == 0,
               "expected input channels to be divisible by groups; got ", x.dims[1],
               " channels and groups=", a.groups);
  Dims weight{dy.dims[1], x.dims[1] / a.groups};
  weight.append(a.sizes);
  Dims out;
  WEFT_CHECK(convolve(x.dims, weight, {a.stride, a.padding, a.dilation, a.groups}, out));
  WEFT_CHECK(check_cotangent(dy, out));
  results.emplace_back(dy.dtype, std::move(weight));
  return "";
}
}  // namespace rules
}  // namespace op
}  // namespace torch
