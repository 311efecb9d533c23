// Views that are strides over the memory of the storage: as_strided, diagonal, unfold.
#include <algorithm>

#include "frontend/tensor/compute_inside.h"

namespace torch {
namespace {
using record::make_view;
using record::TensorImpl;

// Any sizes and strides over the memory of the storage. A base that is laid out in another order
// than its dims has a chain that says so; the memory beneath is row-major.
Tensor strided_of(const Tensor& t, const Dims& sizes, const Dims& strides, int64_t offset,
                  const How& how) {
  const TensorImpl& self = of(t, how);
  const op::Type& base = self.storage->base;
  if (sizes.size() != strides.size())
    refuse(how.where, how.what, "mismatch in length of strides and shape");
  int64_t last = offset;
  bool none = false;
  for (size_t i = 0; i < sizes.size(); ++i) {
    if (sizes[i] < 0)
      refuse(how.where, how.what, "Trying to create tensor with negative dimension ", sizes[i],
             ": ", ref(sizes));
    if (strides[i] < 0)
      refuse(how.where, how.what,
             "as_strided: Negative strides are not supported at the moment, got strides: ",
             ref(strides));
    none |= sizes[i] == 0;
    int64_t far;
    if (__builtin_mul_overflow(sizes[i] - 1, strides[i], &far) ||
        __builtin_add_overflow(last, far, &last))
      refuse(how.where, how.what, "numel: integer multiplication overflow: got sizes ", ref(sizes),
             ", strides ", ref(strides));
  }
  if (offset < 0) refuse(how.where, how.what, "Tensor: invalid storage offset ", offset);
  if (!none && last >= base.numel())
    refuse(how.where, how.what, "setStorage: sizes ", ref(sizes), ", strides ", ref(strides),
           ", storage offset ", offset, ", and itemsize ", t.element_size(),
           " requiring a storage size of ", (last + 1) * static_cast<int64_t>(t.element_size()),
           " are out of bounds for storage of size ", base.bytes());
  check_numel(sizes, self.dtype, how);
  return make_view(t, record::strided(base, sizes, strides, offset, how), sizes, strides, offset,
                   how.where);
}

Tensor diagonal_of(const Tensor& t, int64_t offset, int64_t dim1, int64_t dim2, const How& how) {
  const TensorImpl& self = of(t, how);
  const int64_t a = wrap_dim(dim1, t.dim(), how.where), b = wrap_dim(dim2, t.dim(), how.where);
  if (a == b)
    refuse(how.where, how.what, "diagonal dimensions cannot be identical ", dim1, ", ", dim2);
  const int64_t length =
      std::max<int64_t>(offset >= 0 ? std::min(self.sizes[a], self.sizes[b] - offset)
                                    : std::min(self.sizes[a] + offset, self.sizes[b]),
                        0);
  int64_t at = self.offset;
  if (length > 0) at += offset >= 0 ? offset * self.strides[b] : -offset * self.strides[a];
  Dims sizes, strides;
  for (int64_t d = 0; d < t.dim(); ++d)
    if (d != a && d != b) sizes.push_back(self.sizes[d]), strides.push_back(self.strides[d]);
  sizes.push_back(length);
  strides.push_back(self.strides[a] + self.strides[b]);
  return strided_of(t, sizes, strides, at, how);
}

Tensor unfold_of(const Tensor& t, int64_t dimension, int64_t size, int64_t step, const How& how) {
  const TensorImpl& self = of(t, how);
  const int64_t d = wrap_dim(dimension, t.dim(), how.where), most = t.dim() ? self.sizes[d] : 1;
  if (size < 0) refuse(how.where, how.what, "size is ", size, " but must be >= 0");
  if (size > most)
    refuse(how.where, how.what, "maximum size for tensor at dimension ", d, " is ", most,
           " but size is ", size);
  if (step <= 0) refuse(how.where, how.what, "step is ", step, " but must be > 0");
  Dims sizes = self.sizes, strides = self.strides;
  if (t.dim()) {
    sizes[d] = (self.sizes[d] - size) / step + 1;
    strides[d] = step * self.strides[d];
  }
  sizes.push_back(size);
  strides.push_back(t.dim() ? self.strides[d] : 1);
  return strided_of(t, sizes, strides, self.offset, how);
}
}  // namespace

Tensor diagonal(In self, int64_t offset, int64_t dim1, int64_t dim2) {
  return diagonal_of(self, offset, dim1, dim2, How(self.where, "DiagonalBackward0", "diagonal"));
}
Tensor Tensor::diagonal(int64_t offset, int64_t dim1, int64_t dim2, Location where) const {
  return torch::diagonal(In(*this, where), offset, dim1, dim2);
}
Tensor as_strided(In self, IntArrayRef size, IntArrayRef stride, optional<int64_t> offset) {
  const How how(self.where, "AsStridedBackward0", "as_strided");
  return strided_of(self, Dims(span(size)), Dims(span(stride)),
                    offset.value_or(of(self, how).offset), how);
}
Tensor Tensor::as_strided(IntArrayRef size, IntArrayRef stride, optional<int64_t> offset,
                          Location where) const {
  return torch::as_strided(In(*this, where), size, stride, offset);
}
Tensor Tensor::unfold(int64_t dimension, int64_t size, int64_t step, Location where) const {
  return unfold_of(*this, dimension, size, step, How(where, "UnfoldBackward0", "unfold"));
}
}  // namespace torch
