// Pooling windows over the trailing dims.
#include "ir/op/shape_check.h"

namespace torch {
namespace op {
namespace rules {
namespace {
struct Window {
  Span<int64_t> size, stride, padding, dilation;
  size_t dims() const { return size.size(); }
};

std::string check_window(const Window& w, const Type& x) {
  WEFT_REQUIRE(w.dims() >= 1 && w.dims() <= x.rank(), "expected 1 to ", x.rank(),
               " window dims for ", x, "; got window=", brackets(w.size));
  WEFT_CHECK(check_length("stride", w.stride, w.dims()));
  WEFT_CHECK(check_length("padding", w.padding, w.dims()));
  WEFT_CHECK(check_length("dilation", w.dilation, w.dims()));
  for (size_t i = 0; i < w.dims(); ++i) {
    WEFT_REQUIRE(w.size[i] > 0, "kernel size should be greater than zero, but got ",
                 brackets(w.size));
    WEFT_REQUIRE(w.stride[i] > 0, "stride should be greater than zero, but got ",
                 brackets(w.stride));
    WEFT_REQUIRE(w.dilation[i] > 0, "dilation should be greater than zero, but got ",
                 brackets(w.dilation));
    WEFT_REQUIRE(w.padding[i] >= 0, "pad must be non-negative, but got pad: ", w.padding[i]);
    // A window that lies in the padding alone would have no largest element.
    WEFT_REQUIRE(w.padding[i] <= (static_cast<__int128>(w.size[i] - 1) * w.dilation[i] + 1) / 2,
                 "pad should be at most half of effective kernel size, but got pad=", w.padding[i],
                 ", kernel_size=", w.size[i], " and dilation=", w.dilation[i]);
  }
  return "";
}

Dims pooled_sizes(Span<int64_t> sizes, const Window& w, bool ceil_mode) {
  Dims out;
  for (size_t i = 0; i < w.dims(); ++i)
    out.push_back(
        window_count(sizes[i], w.size[i], w.stride[i], w.padding[i], w.dilation[i], ceil_mode));
  return out;
}

std::string pool(const Type& x, const Window& w, bool ceil_mode, Dims& out) {
  WEFT_CHECK(check_window(w, x));
  const Span<int64_t> sizes = last_dims(x.dims, w.dims());
  const Dims pooled = pooled_sizes(sizes, w, ceil_mode);
  out = first_dims(x.dims, x.rank() - w.dims());
  for (size_t i = 0; i < w.dims(); ++i)
    if (pooled[i] < 1 || sizes[i] < 1) {
      // The sizes from the channels on, as libtorch says it.
      const size_t from = x.rank() > w.dims() ? x.rank() - w.dims() - 1 : 0;
      Dims calculated = out;
      calculated.append(pooled);
      return message("Given input size: (", crossed(last_dims(x.dims, x.rank() - from)),
                     "). Calculated output size: (",
                     crossed(last_dims(calculated, x.rank() - from)),
                     "). Output size is too small");
    }
  out.append(pooled);
  return "";
}

// dy of a pooling whose input had these trailing sizes; either rounding of the window count may
// have been used.
std::string unpool(const Type& dy, const Window& w, Span<int64_t> sizes, Types& results) {
  WEFT_CHECK(check_window(w, dy));
  WEFT_CHECK(check_length("sizes", sizes, w.dims()));
  WEFT_CHECK(check_least("sizes", sizes, 1));
  const Dims floor = pooled_sizes(sizes, w, false), ceil = pooled_sizes(sizes, w, true);
  const Dims got(last_dims(dy.dims, w.dims()));
  WEFT_REQUIRE(got == floor || got == ceil, "expected grad_output with trailing sizes ",
               brackets(floor), " or, in ceil mode, ", brackets(ceil), "; got ", brackets(dy.dims));
  Dims dims(first_dims(dy.dims, dy.rank() - w.dims()));
  dims.append(sizes);
  results.emplace_back(dy.dtype, std::move(dims));
  return "";
}
}  // namespace

std::string max_pool(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  const attrs::max_pool a(attrs);
  Dims out;
  WEFT_CHECK(pool(*operands[0], {a.window, a.stride, a.padding, a.dilation}, a.ceil_mode, out));
  results.emplace_back(operands[0]->dtype, out);
  results.emplace_back(DType::Long, std::move(out));
  return "";
}

std::string max_pool_grad(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  const attrs::max_pool_grad a(attrs);
  const Type &dy = *operands[0], &indices = *operands[1];
  WEFT_REQUIRE(indices.dtype == DType::Long && indices.dims == dy.dims,
               "expected indices of type long", to_string(dy.dims), "; got ", indices);
  return unpool(dy, {a.window, a.stride, a.padding, a.dilation}, a.sizes, results);
}

std::string window_sum(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  const attrs::window_sum a(attrs);
  Dims out;
  WEFT_CHECK(pool(*operands[0], {a.window, a.stride, a.padding, a.dilation}, a.ceil_mode, out));
  results.emplace_back(operands[0]->dtype, std::move(out));
  return "";
}

std::string window_sum_grad(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  const attrs::window_sum_grad a(attrs);
  return unpool(*operands[0], {a.window, a.stride, a.padding, a.dilation}, a.sizes, results);
}
}  // namespace rules
}  // namespace op
}  // namespace torch
