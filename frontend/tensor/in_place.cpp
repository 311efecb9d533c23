// In-place forms of functions that several ops make, and writes along diagonals.
#include <algorithm>

#include "frontend/tensor/compute_inside.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/out.h"

namespace torch {
namespace detail {
InPlace::InPlace(const Tensor& self, const char* what, Location where)
    : self_(self), what_(what), where_(where), saved_(record::surroundings().written) {
  require(self, How(where, nullptr, what));
  record::check_writable(self, what, where);
  record::surroundings().written = record::impl(self);
}
InPlace::~InPlace() { record::surroundings().written = saved_; }

Tensor& InPlace::take(const Tensor& result) {
  const How how(where_, nullptr, what_);
  return write_back(self_, value_of(result, how), how);
}

Tensor unaliased(const Tensor& view) {
  return record::make_tensor(value_of(view, How(Location::none())));
}
Tensor& write_out(Tensor& out, const Tensor& result, const char* what, Location where) {
  const How how(where, nullptr, what);
  require(out, how);
  if (out.requires_grad() || result.requires_grad())
    refuse(where, what, what,
           "(): functions with out=... arguments don't support automatic "
           "differentiation, but one of the arguments requires grad.");
  if (!canCast(result.scalar_type(), out.scalar_type()))
    refuse(where, what, "result type ", c10::toString(result.scalar_type()),
           " can't be cast to the desired output type ", c10::toString(out.scalar_type()));
  if (out.sizes() != result.sizes()) {
    if (out.numel())
      TORCH_WARN("An output with one or more elements was resized since it had shape ", out.sizes(),
                 ", which does not match the required output shape ", result.sizes(),
                 ". This behavior is deprecated, and in a future PyTorch release outputs will not "
                 "be resized unless they have zero elements.");
    out.resize_(result.sizes(), nullopt, where);
  }
  return out.copy_(result, false, where);
}
}  // namespace detail

Tensor& Tensor::fill_diagonal_(const Scalar& value, bool wrap, Location where) const {
  const How how(where, "FillDiagonalBackward0", "fill_diagonal_");
  require(*this, how);
  record::Call call(where);
  if (dim() < 2) refuse(where, "fill_diagonal_", "dimensions must larger than 1");
  if (dim() == 2) {
    // Below the square of a tall matrix the diagonal starts again, a row left free.
    for (int64_t row = 0; row < size(0); row += size(1) + 1) {
      const int64_t rows = std::min(size(1), size(0) - row);
      narrow(0, row, rows).diagonal().fill_(value);
      if (!wrap || size(1) == 0) break;
    }
    return self_of(*this);
  }
  int64_t stride_sum = 0;
  for (int64_t d = 0; d < dim(); ++d) {
    stride_sum += stride(d);
    if (size(d) != size(0))
      refuse(where, "fill_diagonal_", "all dimensions of input must be of equal length");
  }
  as_strided({size(0)}, {stride_sum}).fill_(value);
  return self_of(*this);
}
}  // namespace torch
