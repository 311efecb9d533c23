#include "frontend/nn/padding.h"

#include <algorithm>

#include "frontend/nn/composite.h"
#include "frontend/tensor/casting.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/windows.h"

namespace torch {
namespace {
using Mode = at::padding_mode;

// What stands at positions -low .. size + high - 1 of `dim`, as pieces of the input one after the
// other.
Tensor extended(const Tensor& x, int64_t dim, int64_t low, int64_t high, Mode mode) {
  const int64_t size = x.size(dim);
  std::vector<Tensor> pieces;
  if (mode == Mode::reflect) {
    if (low) pieces.push_back(x.narrow(dim, 1, low).flip({dim}));
    pieces.push_back(x);
    if (high) pieces.push_back(x.narrow(dim, size - 1 - high, high).flip({dim}));
  } else if (mode == Mode::circular) {
    if (low) pieces.push_back(x.narrow(dim, size - low, low));
    pieces.push_back(x);
    if (high) pieces.push_back(x.narrow(dim, 0, high));
  } else {
    const auto border = [&](int64_t at, int64_t count) {
      std::vector<int64_t> sizes = x.sizes().vec();
      sizes[static_cast<size_t>(dim)] = count;
      return x.narrow(dim, at, 1).expand(sizes);
    };
    if (low) pieces.push_back(border(0, low));
    pieces.push_back(x);
    if (high) pieces.push_back(border(size - 1, high));
  }
  return torch::cat(pieces, dim);
}

void check_size(const Tensor& x, int64_t dim, int64_t low, int64_t high, Mode mode) {
  const int64_t size = x.size(dim);
  if (mode == Mode::circular) {
    TORCH_CHECK(low <= size && high <= size, "Padding value causes wrapping around more than once.",
                " Got padding (", low, ", ", high, ") at dimension ", dim, " of input ", x.sizes());
    TORCH_CHECK(size + low + high >= 0,
                "Negative padding value is resulting in an empty dimension: padding (", low, ", ",
                high, ") at dimension ", dim, " of input ", x.sizes());
    return;
  }
  if (mode == Mode::reflect)
    TORCH_CHECK(low < size && high < size,
                "Argument #4: Padding size should be less than the corresponding input dimension, "
                "but got: padding (",
                low, ", ", high, ") at dimension ", dim, " of input ", x.sizes());
  const char* names[] = {"W", "H", "D"};
  const char* name = names[std::min<int64_t>(x.dim() - 1 - dim, 2)];
  TORCH_CHECK(size + low + high >= 1, "input (", name, ": ", size,
              ") is too small. Calculated output ", name, ": ", size + low + high);
}

// Any mode but constant, of the last `dims` dims.
Tensor pad_by_copies(const Tensor& self, IntArrayRef pad, Mode mode) {
  const auto dims = static_cast<int64_t>(pad.size() / 2);
  const CastRule& rule = mode == Mode::replicate             ? casts::replication_pad
                         : mode == Mode::reflect && dims < 3 ? casts::reflection_pad
                                                             : casts::as_it_is;
  if (const Autocast cast(rule, {self}); cast.on()) return pad_by_copies(cast[0], pad, mode);
  for (int64_t d = std::max<int64_t>(self.dim() - dims - 1, self.dim() == dims + 2 ? 1 : 0);
       d < self.dim(); ++d)
    TORCH_CHECK(self.size(d) > 0 || mode == Mode::circular, "Expected ", dims + 1, "D or ", dims + 2,
                "D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions "
                "for input, but got: ",
                self.sizes());
  TORCH_CHECK_NOT_IMPLEMENTED(mode == Mode::circular || self.scalar_type() != kBool, "\"",
                              mode == Mode::reflect ? "reflection" : "replication", "_pad", dims,
                              "d\" not implemented for 'Bool'");
  Tensor x = self;
  for (int64_t d = dims; d-- > 0;) {
    const int64_t dim = self.dim() - 1 - d;
    const int64_t low = pad[static_cast<size_t>(2 * d)], high = pad[static_cast<size_t>(2 * d + 1)];
    check_size(self, dim, low, high, mode);
    const int64_t more_low = std::max<int64_t>(low, 0), more_high = std::max<int64_t>(high, 0),
                  less_low = more_low - low, less_high = more_high - high;
    const auto grow = [&] {
      if (more_low || more_high) x = extended(x, dim, more_low, more_high, mode);
    };
    const auto cut = [&] {
      if (less_low || less_high) x = x.narrow(dim, less_low, x.size(dim) - less_low - less_high);
    };
    // What is cut off still shows in the mirror; the other end is that of the cut input.
    if (mode == Mode::circular) cut();
    grow();
    if (mode != Mode::circular) cut();
  }
  return x.is_same(self) ? x.clone() : x;
}

Tensor padded(In self, IntArrayRef pad, Mode mode, std::optional<double> value) {
  TORCH_CHECK(pad.size() % 2 == 0, "Padding length must be divisible by 2, got ", pad.size());
  TORCH_CHECK(static_cast<int64_t>(pad.size()) <= 2 * self->dim(),
              "Padding length should be less than or equal to two times the input dimension but "
              "got padding length ",
              pad.size(), " and input of dimension ", self->dim());
  if (mode == Mode::constant) return torch::constant_pad_nd(self, pad, value.value_or(0));
  const char* names[] = {"reflect", "replicate", "circular"};
  TORCH_CHECK(!value || *value == 0, "Padding mode \"", names[static_cast<int>(mode)],
              "\" doesn't take in value argument");
  const auto dims = static_cast<int64_t>(pad.size() / 2);
  TORCH_CHECK(dims >= 1 && dims <= 3 && (self->dim() == dims + 1 || self->dim() == dims + 2),
              "Padding size ", pad.size(), " is not supported for ", self->dim(),
              "D input tensor.\nSupported combinations for non-constant padding:\n"
              "  - 2D or 3D input: padding size = 2 (pads last dimension)\n"
              "  - 3D or 4D input: padding size = 4 (pads last 2 dimensions)\n"
              "  - 4D or 5D input: padding size = 6 (pads last 3 dimensions)");
  return pad_by_copies(self, pad, mode);
}
}  // namespace

Tensor pad(In self, IntArrayRef pad, std::string_view mode, std::optional<double> value) {
  nn::Composite composite("pad", nullptr, self.where);
  const char* names[] = {"reflect", "replicate", "circular", "constant"};
  const auto* found = std::find(std::begin(names), std::end(names), mode);
  TORCH_CHECK(found != std::end(names), "Unrecognised padding mode ", mode);
  return padded(self, pad, static_cast<Mode>(found - std::begin(names)), value);
}
Tensor _pad_enum(In self, IntArrayRef pad, int64_t mode, std::optional<double> value) {
  nn::Composite composite("pad", nullptr, self.where);
  TORCH_CHECK(mode >= 0 && mode <= static_cast<int64_t>(Mode::constant),
              "Unrecognised padding mode ", mode);
  return padded(self, pad, static_cast<Mode>(mode), value);
}

namespace {
Tensor padded_as(const char* name, const char* grad_name, In self, IntArrayRef padding, size_t dims,
                 Mode mode) {
  nn::Composite composite(name, grad_name, self.where);
  TORCH_CHECK(padding.size() == 2 * dims, "padding size is expected to be ", 2 * dims,
              ", but got: ", padding.size());
  const auto rank = static_cast<int64_t>(dims);
  TORCH_CHECK(self->dim() == rank + 1 || self->dim() == rank + 2, "Expected ", rank + 1, "D or ",
              rank + 2,
              "D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for "
              "input, but got: ",
              self->sizes());
  return pad_by_copies(self, padding, mode);
}
}  // namespace
#define WEFT_PADDING(D)                                                                            \
  Tensor reflection_pad##D##d(In self, IntArrayRef padding) {                                      \
    return padded_as("reflection_pad" #D "d", "ReflectionPad" #D "DBackward0", self, padding, D,   \
                     Mode::reflect);                                                               \
  }                                                                                                \
  Tensor replication_pad##D##d(In self, IntArrayRef padding) {                                     \
    return padded_as("replication_pad" #D "d", "ReplicationPad" #D "DBackward0", self, padding, D, \
                     Mode::replicate);                                                             \
  }
WEFT_PADDING(1)
WEFT_PADDING(2)
WEFT_PADDING(3)
#undef WEFT_PADDING
}  // namespace torch
