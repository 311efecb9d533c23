#include "frontend/tensor/windows.h"

#include <algorithm>
#include <vector>

#include "frontend/tensor/casting.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/windows_inside.h"

namespace torch {
namespace {
// One of a pooling's lists.
Dims listed(const char* function, const char* name, IntArrayRef list, size_t dims,
            const Dims& fallback = {}) {
  const char* numbers[] = {"", "one int", "two ints", "three ints"};
  const bool fits = list.size() == 1 || list.size() == dims || (list.empty() && !fallback.empty());
  if (dims == 1)
    TORCH_CHECK(fits, function, "() ", name,
                " must be an int, list of ints or tuple of ints of size 1 but got size ",
                list.size());
  TORCH_CHECK(fits, function, ": ", name, " must either be ", fallback.empty() ? "" : "omitted, ",
              "a single int, or a tuple of ", numbers[dims], ": got ", list);
  return repeated(list, dims, fallback);
}
Dims stride_of(const char* function, IntArrayRef list, const Dims& window) {
  const Dims stride = listed(function, "stride", list, window.size(), window);
  for (int64_t s : stride)
    TORCH_CHECK(s != 0, function, ": stride should not be zero, got ", ref(stride));
  return stride;
}

void check_pooled(const char* name, const Tensor& x, size_t dims) {
  const auto rank = static_cast<int64_t>(dims) + 2;
  TORCH_CHECK(x.dim() == rank || x.dim() == rank - 1, name, ": non-empty ", rank - 1, "D or ", rank,
              "D (batch mode) tensor expected for input, but got ", x.dim(),
              "-dimensional tensor of size ", x.sizes());
  const IntArrayRef without_batch = x.dim() == rank ? x.sizes().slice(1) : x.sizes();
  for (int64_t size : without_batch)
    TORCH_CHECK(
        size != 0, name, "(): Expected ", rank - 1, "D or ", rank,
        "D (batch mode) tensor with optional 0 dim batch size for input, but got:", x.sizes());
}

std::tuple<Tensor, Tensor> max_pool(const char* name, const char* grad_name, size_t dims, In self,
                                    IntArrayRef kernel_size, IntArrayRef stride,
                                    IntArrayRef padding, IntArrayRef dilation, bool ceil_mode) {
  record::Call call(self.where);
  check_pooled(name, self, dims);
  const Dims window = listed(name, "kernel_size", kernel_size, dims);
  const op::Attrs attrs = op::attrs::max_pool::pack(
      window, stride_of(name, stride, window), listed(name, "padding", padding, dims),
      listed(name, "dilation", dilation, dims), ceil_mode);
  const Value x = record::read(self, name, self.where);
  const Operand operands[] = {record::operand(x, self)};
  const auto results =
      record::record_all(Op::max_pool, {operands, 1}, attrs, How(self.where, grad_name, name));
  return {record::make_tensor(results[0]), record::make_tensor(results[1])};
}

// What averaging windows along one dim divides by: the elements of each that count.
std::vector<double> counts(int64_t size, int64_t windows, int64_t window, int64_t stride,
                           int64_t padding, bool include_pad) {
  std::vector<double> result;
  for (int64_t i = 0; i < windows; ++i) {
    const int64_t begin = i * stride - padding, end = std::min(begin + window, size + padding);
    const int64_t counted =
        include_pad ? end - begin : std::min(end, size) - std::max<int64_t>(begin, 0);
    result.push_back(static_cast<double>(counted));
  }
  return result;
}

Tensor avg_pool(const char* name, const char* grad_name, size_t dims, In self,
                IntArrayRef kernel_size, IntArrayRef stride_, IntArrayRef padding_, bool ceil_mode,
                bool include_pad, std::optional<int64_t> divisor) {
  record::Composite composite(self.where, grad_name);
  const Tensor& x = self;
  check_pooled(name, x, dims);
  TORCH_CHECK(!divisor || *divisor != 0, "divisor must be not zero");
  TORCH_CHECK_NOT_IMPLEMENTED(x.is_floating_point() || x.scalar_type() == kLong, "\"",
                              dims == 3 ? "avg_pool3d_out_frame" : "avg_pool2d",
                              "\" not implemented for '", x.scalar_type(), "'");
  const auto over = [](const Tensor& sum, const auto& count) {
    return sum.is_floating_point() ? sum / count : torch::div(sum, count, "trunc");
  };
  const Dims window = listed(name, "kernel_size", kernel_size, dims);
  const Dims stride = stride_of(name, stride_, window),
             padding = listed(name, "padding", padding_, dims);
  const op::Attrs attrs =
      op::attrs::window_sum::pack(window, stride, padding, Dims(dims, 1), ceil_mode);
  const Value value = record::read(x, name, self.where);
  const Operand operands[] = {record::operand(value, x)};
  Tensor sum = record::make_tensor(
      record::record(Op::window_sum, {operands, 1}, attrs, How(self.where, grad_name, name)));
  if (divisor) return over(sum, *divisor);

  double all = 1;
  Tensor divisors;
  for (size_t d = 0; d < dims; ++d) {
    const int64_t dim = x.dim() - static_cast<int64_t>(dims - d);
    const std::vector<double> n =
        counts(x.size(dim), sum.size(dim), window[d], stride[d], padding[d], include_pad);
    all *= n.empty() ? 1 : n[0];
    if (std::all_of(n.begin(), n.end(), [&](double c) { return c == n[0]; })) continue;
    std::vector<int64_t> shape(static_cast<size_t>(x.dim()), 1);
    shape[static_cast<size_t>(dim)] = sum.size(dim);
    all /= n[0];
    Tensor along = torch::tensor(n, sum.options().requires_grad(false)).reshape(shape);
    divisors = divisors.defined() ? divisors * along : along;
  }
  if (!divisors.defined())
    return over(sum, sum.is_floating_point() ? Scalar(all) : Scalar(static_cast<int64_t>(all)));
  return over(sum, (divisors * all).to(divisors.scalar_type()));
}
}  // namespace

namespace {
// Alone of its kind libtorch's has no integers.
void no_max_pool1d(In self) {
  record::Composite composite(self.where, nullptr);
  const Tensor& x = self;
  TORCH_CHECK_NOT_IMPLEMENTED(false, "\"max_pool1d_impl\" not implemented for '", x.scalar_type(),
                              "'");
}
}  // namespace

#define WEFT_WINDOWS(D)                                                                            \
  Tensor max_pool##D##d(In self, IntArrayRef kernel_size, IntArrayRef stride, IntArrayRef padding, \
                        IntArrayRef dilation, bool ceil_mode) {                                    \
    if (const Autocast cast(D == 3 ? casts::max_pool3d : casts::as_it_is, {self}); cast.on())      \
      return max_pool##D##d(In(cast[0], self.where), kernel_size, stride, padding, dilation,       \
                            ceil_mode);                                                            \
    if (D == 1 && !self->is_floating_point()) no_max_pool1d(self);                                 \
    return std::get<0>(                                                                            \
        max_pool##D##d_with_indices(self, kernel_size, stride, padding, dilation, ceil_mode));     \
  }                                                                                                \
  std::tuple<Tensor, Tensor> max_pool##D##d_with_indices(In self, IntArrayRef kernel_size,         \
                                                         IntArrayRef stride, IntArrayRef padding,  \
                                                         IntArrayRef dilation, bool ceil_mode) {   \
    return max_pool("max_pool" #D "d", "MaxPool" #D "DWithIndicesBackward0", D, self, kernel_size, \
                    stride, padding, dilation, ceil_mode);                                         \
  }
WEFT_WINDOWS(1)
WEFT_WINDOWS(2)
WEFT_WINDOWS(3)
#undef WEFT_WINDOWS

Tensor avg_pool1d(In self, IntArrayRef kernel_size, IntArrayRef stride, IntArrayRef padding,
                  bool ceil_mode, bool count_include_pad) {
  return avg_pool("avg_pool1d", "AvgPool2DBackward0", 1, self, kernel_size, stride, padding,
                  ceil_mode, count_include_pad, {});
}
Tensor avg_pool2d(In self, IntArrayRef kernel_size, IntArrayRef stride, IntArrayRef padding,
                  bool ceil_mode, bool count_include_pad, std::optional<int64_t> divisor_override) {
  return avg_pool("avg_pool2d", "AvgPool2DBackward0", 2, self, kernel_size, stride, padding,
                  ceil_mode, count_include_pad, divisor_override);
}
Tensor avg_pool3d(In self, IntArrayRef kernel_size, IntArrayRef stride, IntArrayRef padding,
                  bool ceil_mode, bool count_include_pad, std::optional<int64_t> divisor_override) {
  if (const Autocast cast(casts::avg_pool3d, {self}); cast.on())
    return avg_pool3d(In(cast[0], self.where), kernel_size, stride, padding, ceil_mode,
                      count_include_pad, divisor_override);
  return avg_pool("avg_pool3d", "AvgPool3DBackward0", 3, self, kernel_size, stride, padding,
                  ceil_mode, count_include_pad, divisor_override);
}

Tensor constant_pad_nd(In self, IntArrayRef pad, const Scalar& value) {
  record::Composite composite(self.where, "ConstantPadNdBackward0");
  Tensor x = self;
  TORCH_CHECK(pad.size() % 2 == 0, "Length of pad must be even but instead it equals ", pad.size());
  TORCH_CHECK(static_cast<int64_t>(pad.size()) <= 2 * x.dim(),
              "Length of pad should be no more than twice the number of "
              "dimensions of the input. Pad length is ",
              pad.size(), " while the input has ", x.dim(), " dimensions.");
  const auto rank = static_cast<size_t>(x.dim());
  Dims low(rank, 0), high(rank, 0);
  bool longer = false;
  for (size_t i = 0; i < pad.size() / 2; ++i) {
    const size_t d = rank - 1 - i;
    const int64_t size = x.size(static_cast<int64_t>(d)),
                  kept = size + std::min<int64_t>(pad[2 * i], 0) +
                         std::min<int64_t>(pad[2 * i + 1], 0);
    TORCH_CHECK(size + pad[2 * i] + pad[2 * i + 1] >= 0 && kept >= 0, "The input size ", size,
                ", plus negative padding ", pad[2 * i], " and ", pad[2 * i + 1],
                " resulted in a negative output size, which is invalid. Check dimension ", d,
                " of your input.");
    // Negative padding cuts first.
    if (kept < size) x = x.narrow(static_cast<int64_t>(d), std::max<int64_t>(-pad[2 * i], 0), kept);
    low[d] = std::max<int64_t>(pad[2 * i], 0);
    high[d] = std::max<int64_t>(pad[2 * i + 1], 0);
    longer |= low[d] > 0 || high[d] > 0;
  }
  if (!longer) return x.is_same(self.tensor) ? x.clone() : x;
  const Tensor filler = torch::scalar_tensor(value, x.options().requires_grad(false));
  const Value a = record::read(x, "constant_pad_nd", self.where),
              b = record::read(filler, "constant_pad_nd", self.where);
  const Operand operands[] = {record::operand(a, x), record::operand(b, filler)};
  const How how(self.where, "ConstantPadNdBackward0", "constant_pad_nd");
  return record::make_tensor(
      record::record(Op::pad, {operands, 2}, op::attrs::pad::pack(low, high, Dims(rank, 0)), how));
}
}  // namespace torch
