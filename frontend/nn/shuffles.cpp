#include "frontend/nn/shuffles.h"

#include <cmath>
#include <vector>

#include "frontend/nn/composite.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/requirement.h"
#include "frontend/tensor/windows.h"

namespace torch {
using nn::Composite;

namespace {
std::vector<int64_t> leading(const Tensor& x, int64_t kept) {
  return std::vector<int64_t>(x.sizes().begin(), x.sizes().end() - kept);
}
// `sizes` after the dims of the batch.
std::vector<int64_t> batched(std::vector<int64_t> batch, std::initializer_list<int64_t> sizes) {
  batch.insert(batch.end(), sizes);
  return batch;
}
// The last dims, of which there are as many as `order` has, in that order.
Tensor permute_last(const Tensor& x, std::vector<int64_t> order) {
  const int64_t before = x.dim() - static_cast<int64_t>(order.size());
  std::vector<int64_t> all;
  for (int64_t d = 0; d < before; ++d) all.push_back(d);
  for (int64_t d : order) all.push_back(before + d);
  return x.permute(all);
}
void check_shuffle(const Tensor& x, const char* what, const char* factor_name, int64_t factor) {
  TORCH_CHECK(x.dim() >= 3, what, " expects input to have at least 3 dimensions, but got input with ",
              x.dim(), " dimension(s)");
  TORCH_CHECK(factor > 0, what, " expects a positive ", factor_name, ", but got ", factor);
}
void check_divides(const char* dim, const Tensor& x, int64_t at, int64_t factor) {
  TORCH_CHECK(x.size(at) % factor == 0, "pixel_unshuffle expects ", dim,
              " to be divisible by downscale_factor, but input.size(", at, ")=", x.size(at),
              " is not divisible by ", factor);
}
}  // namespace

Tensor pixel_shuffle(In self, int64_t r) {
  Composite composite("pixel_shuffle", "PixelShuffleBackward0", self.where);
  const Tensor& x = self;
  check_shuffle(x, "pixel_shuffle", "upscale_factor", r);
  const int64_t c = x.size(-3), h = x.size(-2), w = x.size(-1);
  TORCH_CHECK(c % (r * r) == 0,
              "pixel_shuffle expects its input's 'channel' dimension to be divisible by the square "
              "of upscale_factor, but input.size(-3)=",
              c, " is not divisible by ", r * r);
  const std::vector<int64_t> batch = leading(x, 3);
  const Tensor apart = x.reshape(batched(batch, {c / (r * r), r, r, h, w}));
  return permute_last(apart, {0, 3, 1, 4, 2}).reshape(batched(batch, {c / (r * r), h * r, w * r}));
}
Tensor pixel_unshuffle(In self, int64_t r) {
  Composite composite("pixel_unshuffle", "PixelUnshuffleBackward0", self.where);
  const Tensor& x = self;
  check_shuffle(x, "pixel_unshuffle", "downscale_factor", r);
  check_divides("height", x, -2, r);
  check_divides("width", x, -1, r);
  const int64_t c = x.size(-3), h = x.size(-2) / r, w = x.size(-1) / r;
  const std::vector<int64_t> batch = leading(x, 3);
  const Tensor apart = x.reshape(batched(batch, {c, h, r, w, r}));
  return permute_last(apart, {0, 2, 4, 1, 3}).reshape(batched(batch, {c * r * r, h, w}));
}

namespace {
struct Pair {
  Pair(IntArrayRef given, const char* name) {
    TORCH_CHECK(given.size() == 2, "It is expected ", name, " equals to 2, but got size ",
                given.size());
    h = given[0];
    w = given[1];
  }
  Pair(int64_t h, int64_t w) : h(h), w(w) {}
  int64_t h, w;
};
std::ostream& operator<<(std::ostream& out, const Pair& p) {
  return out << "(" << p.h << ", " << p.w << ")";
}

// Windows over images: how many, and where each of their elements lies in the padded image.
struct Windows {
  Windows(IntArrayRef kernel_size, IntArrayRef dilation, IntArrayRef padding, IntArrayRef stride)
      : kernel(kernel_size, "kernel_size"),
        dilation(dilation, "dilation"),
        padding(padding, "padding"),
        stride(stride, "stride") {
    check(kernel, "kernel size", "kernel_height", "kernel_width");
    check(this->dilation, "dilation", "dilation_height", "dilation_width");
    TORCH_CHECK(this->padding.h >= 0 && this->padding.w >= 0,
                "padding should be non-negative, but got pad_height: ", this->padding.h,
                " pad_width: ", this->padding.w);
    check(this->stride, "stride", "stride_height", "stride_width");
  }
  static void check(const Pair& p, const char* what, const char* height, const char* width) {
    TORCH_CHECK(p.h > 0 && p.w > 0, what, " should be greater than zero, but got ", height, ": ",
                p.h, " ", width, ": ", p.w);
  }
  static int64_t blocks(int64_t size, int64_t kernel, int64_t dilation, int64_t padding,
                        int64_t stride) {
    const int64_t room = size + 2 * padding - dilation * (kernel - 1) - 1;
    return room < 0 ? 0 : room / stride + 1;
  }
  Pair blocks(const Pair& size) const {
    return {blocks(size.h, kernel.h, dilation.h, padding.h, stride.h),
            blocks(size.w, kernel.w, dilation.w, padding.w, stride.w)};
  }
  Pair padded(const Pair& size) const { return {size.h + 2 * padding.h, size.w + 2 * padding.w}; }
  /// Of element (i, j) of the windows at block (y, x), in that order.
  Tensor positions(const Pair& size, const Device& device) const {
    const Pair n = blocks(size);
    const TensorOptions whole = TensorOptions(kLong).device(device);
    auto along = [&](int64_t count, int64_t step, int dim) {
      std::vector<int64_t> shape(4, 1);
      shape[static_cast<size_t>(dim)] = count;
      return torch::arange(count, whole).reshape(shape) * step;
    };
    const Tensor rows = along(kernel.h, dilation.h, 0) + along(n.h, stride.h, 2);
    const Tensor columns = along(kernel.w, dilation.w, 1) + along(n.w, stride.w, 3);
    return (rows * padded(size).w + columns).reshape({-1});
  }

  Pair kernel, dilation, padding, stride;
};
}  // namespace

Tensor im2col(In self, IntArrayRef kernel_size, IntArrayRef dilation, IntArrayRef padding,
              IntArrayRef stride) {
  Composite composite("im2col", "Im2ColBackward0", self.where);
  const Tensor& x = self;
  const Windows windows(kernel_size, dilation, padding, stride);
  TORCH_CHECK(x.dim() == 3 || x.dim() == 4,
              "Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero "
              "dimensions for input, but got: ",
              x.sizes());
  if (x.scalar_type() != kBool) nn::check_floating(x, "im2col_out_cpu");
  const Pair size(x.size(-2), x.size(-1)), n = windows.blocks(size), padded = windows.padded(size);
  TORCH_CHECK(n.h >= 1 && n.w >= 1, "Given input with spatial size ", size,
              ", kernel_size=", windows.kernel, ", dilation=", windows.dilation,
              ", padding=", windows.padding,
              ", calculated shape of the array of sliding blocks as ", n,
              ", but its components must be at least one.");
  const Pair& p = windows.padding;
  const int64_t channels = x.size(-3);
  const std::vector<int64_t> batch = leading(x, 3);
  const Tensor image = torch::constant_pad_nd(x, {p.w, p.w, p.h, p.h}, 0)
                           .reshape(batched(batch, {channels, padded.h * padded.w}));
  const int64_t window = windows.kernel.h * windows.kernel.w;
  return image.index_select(-1, windows.positions(size, x.device()))
      .reshape(batched(batch, {channels * window, n.h * n.w}));
}

Tensor col2im(In self, IntArrayRef output_size, IntArrayRef kernel_size, IntArrayRef dilation,
              IntArrayRef padding, IntArrayRef stride) {
  Composite composite("col2im", "Col2ImBackward0", self.where);
  const Tensor& x = self;
  const Pair size(output_size, "output_size");
  const Windows windows(kernel_size, dilation, padding, stride);
  TORCH_CHECK((x.dim() == 2 && x.numel() > 0) ||
                  (x.dim() == 3 && x.size(1) > 0 && x.size(2) > 0),
              "Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and "
              "non-zero dimensions for input, but got: ",
              x.sizes());
  const int64_t dim = x.dim() - 2, window = windows.kernel.h * windows.kernel.w;
  TORCH_CHECK(x.size(dim) % window == 0, "Expected size of input's dimension 1 to be divisible by "
              "the product of kernel_size, but got input.size(1)=",
              x.size(dim), " and kernel_size=", windows.kernel, ".");
  const Pair n = windows.blocks(size), padded = windows.padded(size), &p = windows.padding;
  TORCH_CHECK(x.size(-1) == n.h * n.w, "Given output_size=", size, ", kernel_size=", windows.kernel,
              ", dilation=", windows.dilation, ", padding=", windows.padding,
              ", stride=", windows.stride, ", expected size of input's dimension 2 to match the "
              "calculated number of sliding blocks ",
              n.h, " * ", n.w, " = ", n.h * n.w, ", but got input.size(2)=", x.size(-1), ".");
  const int64_t channels = x.size(dim) / window;
  const std::vector<int64_t> batch = leading(x, 2);
  const Tensor columns = x.reshape(batched(batch, {channels, window * n.h * n.w}));
  const Tensor zeros = torch::zeros(batched(batch, {channels, padded.h * padded.w}),
                                    x.options().requires_grad(false));
  const Tensor image = zeros.index_add(-1, windows.positions(size, x.device()), columns)
                           .reshape(batched(batch, {channels, padded.h, padded.w}));
  return image.narrow(-2, p.h, size.h).narrow(-1, p.w, size.w);
}

Tensor one_hot(In self, int64_t num_classes) {
  Composite composite("one_hot", nullptr, self.where);
  const Tensor& x = self;
  TORCH_CHECK(x.scalar_type() == kLong,
              "one_hot is only applicable to index tensor of type LongTensor.");
  std::vector<int64_t> sizes = x.sizes().vec();
  if (x.numel() == 0) {
    TORCH_CHECK(num_classes > 0, "Can not infer total number of classes from empty tensor.");
  } else if (num_classes == -1) {
    num_classes = x.max().item<int64_t>() + 1;
  } else {
    TORCH_CHECK(num_classes > 0, "Class values must be smaller than num_classes.");
  }
  sizes.push_back(num_classes);
  const double classes = static_cast<double>(num_classes);
  const Tensor natural = detail::within(x, {0, INFINITY, op::Requirement::class_from_zero}),
               index = detail::within(natural, {0, classes, op::Requirement::class_of_so_many});
  return torch::zeros(sizes, x.options()).scatter(-1, index.unsqueeze(-1), 1);
}
}  // namespace torch
