// Convolutions and transposed ones: one op, and the bias.
#include <string_view>

#include "frontend/tensor/casting.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/windows_inside.h"

namespace torch {
namespace {
Dims parameter(const char* name, IntArrayRef list, size_t dims) {
  TORCH_CHECK(list.size() == 1 || list.size() == dims, "expected ", name,
              " to be a single integer value or a list of ", dims,
              " values to match the convolution dimensions, but got ", name, "=", list);
  return repeated(list, dims);
}

// What a convolution of either direction is asked for.
struct Request {
  const char* name;
  size_t dims;
  const Tensor &input, &weight;
  const Tensor* bias;  // null: none
  bool transposed;
  int64_t groups;
};

void check(const Request& r) {
  const auto rank = static_cast<int64_t>(r.dims) + 2;
  const Tensor &x = r.input, &weight = r.weight;
  TORCH_CHECK(x.dim() == rank || x.dim() == rank - 1, "Expected ", rank - 1, "D (unbatched) or ",
              rank, "D (batched) input to ", r.name, ", but got input of size: ", x.sizes());
  TORCH_CHECK(weight.dim() == rank, "Expected ", rank, "-dimensional weight for ", r.name,
              ", but got weight of size ", weight.sizes());
  TORCH_CHECK(r.groups > 0, "expected groups to be greater than 0, but got groups=", r.groups);
  TORCH_CHECK(x.scalar_type() == weight.scalar_type(), "expected scalar type ", x.scalar_type(),
              " but found ", weight.scalar_type(), ": input and weight of ", r.name);
  const int64_t channels = r.transposed ? weight.size(1) * r.groups : weight.size(0);
  const char* direction = r.transposed ? "Given transposed=1, weight" : "Given weight";
  if (r.bias) {
    TORCH_CHECK(r.bias->dim() == 1 && r.bias->size(0) == channels, direction, " of size ",
                weight.sizes(), ", expected bias to be 1-dimensional with ", channels,
                " elements, but got bias of size ", r.bias->sizes(), " instead");
    TORCH_CHECK(r.bias->scalar_type() == x.scalar_type(), "Input type (", x.dtype(),
                ") and bias type (", r.bias->dtype(), ") should be the same");
  }
  if (!r.transposed) return;
  const int64_t got = x.size(x.dim() - static_cast<int64_t>(r.dims) - 1);
  TORCH_CHECK(weight.size(0) % r.groups == 0, "Given groups=", r.groups,
              ", expected weight to be divisible by ", r.groups,
              " at dimension 0, but got weight of size ", weight.sizes(), " instead");
  TORCH_CHECK(got == weight.size(0), direction, " of size ", weight.sizes(), ", expected input",
              x.sizes(), " to have ", weight.size(0), " channels, but got ", got,
              " channels instead");
}

Tensor biased(const Tensor& y, const Request& r) {
  if (!r.bias) return y;
  std::vector<int64_t> along_channels(r.dims + 2, 1);
  along_channels[1] = r.bias->size(0);
  return y + r.bias->reshape(along_channels);
}

const Tensor* given(const std::optional<Tensor>& bias) {
  return bias && bias->defined() ? &*bias : nullptr;
}

Tensor convolution(const char* name, size_t dims, In input, const Tensor& weight,
                   const std::optional<Tensor>& bias, IntArrayRef stride, IntArrayRef padding,
                   IntArrayRef dilation, int64_t groups) {
  record::Composite composite(input.where, "ConvolutionBackward0");
  const Request request{name, dims, input, weight, given(bias), false, groups};
  check(request);
  const Attrs attrs =
      op::attrs::conv::pack(parameter("stride", stride, dims), parameter("padding", padding, dims),
                            parameter("dilation", dilation, dims), groups);
  const Batch batch(input, dims);
  const How how(input.where, "ConvolutionBackward0", name);
  const Tensor y = record::make_tensor(record::record(
      Op::conv, {torch::input(batch.x, how), torch::input(weight, how)}, attrs, how));
  return batch.result(biased(y, request));
}

// "same": the output is as large as the input. Where the padding is odd, the extra zero goes to the
// end, by a pad.
Tensor convolution(const char* name, size_t dims, In input, const Tensor& weight,
                   const std::optional<Tensor>& bias, IntArrayRef stride, std::string_view padding,
                   IntArrayRef dilation, int64_t groups) {
  record::Composite composite(input.where, "ConvolutionBackward0");
  TORCH_CHECK(padding == "valid" || padding == "same", "Invalid padding string: '", padding, "'");
  std::vector<int64_t> each(dims, 0), at_end(2 * dims, 0);  // at_end: the last dim first
  bool odd = false;
  if (padding == "same" && weight.dim() == static_cast<int64_t>(dims) + 2) {
    const Dims steps = parameter("stride", stride, dims),
               spread = parameter("dilation", dilation, dims);
    for (size_t d = 0; d < dims; ++d) {
      TORCH_CHECK(steps[d] == 1,
                  "padding='same' is not supported for strided convolutions (got stride ",
                  ref(steps), ")");
      const int64_t total = spread[d] * (weight.size(static_cast<int64_t>(d) + 2) - 1);
      each[d] = total / 2;
      at_end[2 * (dims - 1 - d) + 1] = total % 2;
      odd |= total % 2 != 0;
    }
  }
  const Tensor x = odd ? torch::constant_pad_nd(input, at_end, 0) : input.tensor;
  return convolution(name, dims, In(x, input.where), weight, bias, stride, each, dilation, groups);
}

void check_output_padding(const Dims& output_padding, const Dims& stride, const Dims& dilation) {
  const char* names[] = {"depth", "height", "width"};
  const size_t dims = output_padding.size();
  const auto listed = [&](const char* what, const Dims& values) {
    std::string text;
    for (size_t d = 0; d < dims; ++d)
      text += c10::str(" ", what, "_", names[3 - dims + d], ": ", values[d]);
    return text;
  };
  for (size_t d = 0; d < dims; ++d) {
    TORCH_CHECK(output_padding[d] >= 0, "negative output_padding is not supported (got ",
                ref(output_padding), ")");
    TORCH_CHECK(output_padding[d] < stride[d] || output_padding[d] < dilation[d],
                "output padding must be smaller than either stride or dilation, but got",
                listed("output_padding", output_padding), listed("stride", stride),
                listed("dilation", dilation));
  }
}

// The gradient of a convolution by its input, as a function of its own.
Tensor conv_transpose(const char* name, size_t dims, In input, const Tensor& weight,
                      const std::optional<Tensor>& bias, IntArrayRef stride_, IntArrayRef padding_,
                      IntArrayRef output_padding_, int64_t groups, IntArrayRef dilation_) {
  record::Composite composite(input.where, "ConvolutionBackward0");
  const Request request{name, dims, input, weight, given(bias), true, groups};
  check(request);
  const Dims stride = parameter("stride", stride_, dims),
             padding = parameter("padding", padding_, dims),
             dilation = parameter("dilation", dilation_, dims),
             output_padding = parameter("output_padding", output_padding_, dims);
  for (size_t d = 0; d < dims; ++d) {
    TORCH_CHECK(stride[d] > 0, "non-positive stride is not supported (got ", ref(stride), ")");
    TORCH_CHECK(padding[d] >= 0, "negative padding is not supported (got ", ref(padding), ")");
    TORCH_CHECK(dilation[d] > 0, "dilation should be greater than zero (got ", ref(dilation), ")");
  }
  check_output_padding(output_padding, stride, dilation);

  const Batch batch(input, dims);
  Dims sizes;
  std::vector<int64_t> more(2 * dims, 0);  // zeros behind the input, the last dim first
  bool longer = false;
  for (size_t d = 0; d < dims; ++d) {
    const auto dim = static_cast<int64_t>(d) + 2;
    const int64_t reach = dilation[d] * (weight.size(dim) - 1) + 1;
    sizes.push_back((batch.x.size(dim) - 1) * stride[d] - 2 * padding[d] + reach +
                    output_padding[d]);
    TORCH_CHECK(sizes[d] > 0, "Given input size per channel: ", batch.x.sizes().slice(2),
                ". Calculated output size per channel: ", sizes[d], " in dimension ", dim,
                ". Output size is too small");
    // The convolution from `sizes` has a window more for every stride that it was made longer by.
    more[2 * (dims - 1 - d) + 1] = output_padding[d] / stride[d];
    longer |= output_padding[d] >= stride[d];
  }
  const Tensor x = longer ? torch::constant_pad_nd(batch.x, more, 0) : batch.x;
  const How how(input.where, "ConvolutionBackward0", name);
  const Tensor y = record::make_tensor(record::record(
      Op::conv_input_grad, {torch::input(x, how), torch::input(weight, how)},
      op::attrs::conv_input_grad::pack(stride, padding, dilation, groups, sizes), how));
  return batch.result(biased(y, request));
}
}  // namespace

#define WEFT_CONVOLUTION(D)                                                                       \
  Tensor conv##D##d(In input, const Tensor& weight, const std::optional<Tensor>& bias,            \
                    IntArrayRef stride, IntArrayRef padding, IntArrayRef dilation,                \
                    int64_t groups) {                                                             \
    if (const Autocast cast(casts::conv##D##d, {input, weight, bias}); cast.on())                   \
      return conv##D##d(In(cast[0], input.where), cast[1], cast[2], stride, padding, dilation,    \
                        groups);                                                                  \
    return convolution("conv" #D "d", D, input, weight, bias, stride, padding, dilation, groups); \
  }                                                                                               \
  Tensor conv##D##d(In input, const Tensor& weight, const std::optional<Tensor>& bias,            \
                    IntArrayRef stride, std::string_view padding, IntArrayRef dilation,           \
                    int64_t groups) {                                                             \
    if (const Autocast cast(casts::conv##D##d, {input, weight, bias}); cast.on())                   \
      return conv##D##d(In(cast[0], input.where), cast[1], cast[2], stride, padding, dilation,    \
                        groups);                                                                  \
    return convolution("conv" #D "d", D, input, weight, bias, stride, padding, dilation, groups); \
  }
WEFT_CONVOLUTION(1)
WEFT_CONVOLUTION(2)
WEFT_CONVOLUTION(3)
#undef WEFT_CONVOLUTION
#define WEFT_CONVOLUTION(f, D)                                                                    \
  Tensor f(In input, const Tensor& weight, const std::optional<Tensor>& bias, IntArrayRef stride, \
           IntArrayRef padding, IntArrayRef output_padding, int64_t groups,                       \
           IntArrayRef dilation) {                                                                \
    if (const Autocast cast(casts::f, {input, weight, bias}); cast.on())                   \
      return f(In(cast[0], input.where), cast[1], cast[2], stride, padding, output_padding,       \
               groups, dilation);                                                                 \
    return conv_transpose(#f, D, input, weight, bias, stride, padding, output_padding, groups,    \
                          dilation);                                                              \
  }
WEFT_CONVOLUTION(conv_transpose1d, 1)
WEFT_CONVOLUTION(conv_transpose2d, 2)
WEFT_CONVOLUTION(conv_transpose3d, 3)
#undef WEFT_CONVOLUTION
}  // namespace torch
