// Splits, diagonals, rotations, and copies with a part in place of another.
#include <algorithm>

#include "frontend/tensor/casting.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/host_inside.h"
#include "frontend/tensor/operators.h"

namespace torch {
using record::Composite;
namespace {

int64_t dim_of(In self, int64_t dim, const char* what) {
  require(self, How(self.where, nullptr, what));
  return wrap_dim(dim, self->dim(), self.where);
}
void at_least_1d(In self, const char* what) {
  require(self, How(self.where, nullptr, what));
  if (self->dim() == 0)
    refuse(self.where, what, what,
           " expected at least a 1-dimensional tensor, but got a tensor "
           "with 0 dims");
}
}  // namespace

Tensor narrow(In self, int64_t dim, const Tensor& start, int64_t length) {
  require(start, How(self.where, nullptr, "narrow"));
  if (start.dim() != 0 || !isIntegralType(start.scalar_type(), false))
    refuse(self.where, "narrow", "start must be an 0-dim integral Tensor.");
  return narrow(self, dim, start.item<int64_t>(self.where), length);
}
Tensor narrow_copy(In self, int64_t dim, int64_t start, int64_t length) {
  Composite composite("narrow_copy", nullptr, self.where);
  return narrow(self, dim, start, length).clone();
}
Tensor movedim(In self, IntArrayRef source, IntArrayRef destination) {
  const How how(self.where, nullptr, "movedim");
  require(self, how);
  if (source.size() != destination.size())
    refuse(self.where, "movedim", "movedim: Invalid source or destination dims: source (", source,
           " dims) should contain the same number of dims as destination (", destination, " dims)");
  const size_t rank = static_cast<size_t>(self->dim());
  std::vector<int64_t> order(rank, -1);
  std::vector<bool> taken(rank ? rank : 1);
  for (size_t i = 0; i < source.size(); ++i) {
    const size_t from = static_cast<size_t>(wrap_dim(source[i], self->dim(), self.where)),
                 to = static_cast<size_t>(wrap_dim(destination[i], self->dim(), self.where));
    if (taken[from])
      refuse(self.where, "movedim", "movedim: repeated dim in `source` (", source, ")");
    if (rank && order[to] != -1)
      refuse(self.where, "movedim", "movedim: repeated dim in `destination` (", destination, ")");
    taken[from] = true;
    if (rank) order[to] = static_cast<int64_t>(from);
  }
  size_t next = 0;
  for (int64_t& d : order) {
    if (d != -1) continue;
    while (taken[next]) ++next;
    d = static_cast<int64_t>(next++);
  }
  return permute(self, order);
}
Tensor moveaxis(In self, int64_t source, int64_t destination) {
  return movedim(self, source, destination);
}
Tensor moveaxis(In self, IntArrayRef source, IntArrayRef destination) {
  return movedim(self, source, destination);
}
Tensor swapdims(In self, int64_t dim0, int64_t dim1) { return transpose(self, dim0, dim1); }
Tensor _reshape_alias(In self, IntArrayRef size, IntArrayRef stride) {
  return as_strided(self, size, stride);
}
Tensor adjoint(In self) {
  require(self, How(self.where, nullptr, "adjoint"));
  if (self->dim() == 1)
    refuse(
        self.where, "adjoint",
        "tensor.adjoint() is only supported on matrices or batches of matrices. Got 1-D tensor.");
  return self->dim() == 0 ? self.tensor : transpose(self, -2, -1);
}
Tensor Tensor::numpy_T(Location where) const {
  require(*this, How(where, nullptr, "numpy_T"));
  std::vector<int64_t> order;
  for (int64_t d = dim(); d-- > 0;) order.push_back(d);
  return torch::permute(In(*this, where), order);
}

Tensors tensor_split(In self, IntArrayRef indices, int64_t dim) {
  at_least_1d(self, "tensor_split");
  const int64_t d = dim_of(self, dim, "tensor_split"), size = self->size(d);
  Tensors parts;
  int64_t from = 0;
  for (size_t i = 0; i <= indices.size(); ++i) {
    const int64_t to = i < indices.size() ? indices[i] : size;
    parts.push_back(slice(self, d, from, to));
    from = to;
  }
  return parts;
}
Tensors tensor_split(In self, int64_t sections, int64_t dim) {
  at_least_1d(self, "tensor_split");
  const int64_t d = dim_of(self, dim, "tensor_split"), size = self->size(d);
  if (sections <= 0)
    refuse(self.where, "tensor_split", "number of sections must be larger than 0, got ", sections);
  std::vector<int64_t> cuts;
  for (int64_t i = 1, at = 0; i < sections; ++i)
    cuts.push_back(at += size / sections + (i <= size % sections ? 1 : 0));
  return tensor_split(self, cuts, d);
}
Tensors tensor_split(In self, const Tensor& indices_or_sections, int64_t dim) {
  require(indices_or_sections, How(self.where, nullptr, "tensor_split"));
  if (indices_or_sections.scalar_type() != kLong || indices_or_sections.dim() > 1)
    refuse(self.where, "tensor_split",
           "tensor_split expected tensor_indices_or_sections to be a zero-dimensional or "
           "one-dimensional tensor of dtype long, but got a tensor with ",
           indices_or_sections.dim(), " dims");
  const std::vector<int64_t> numbers =
      host_integers(indices_or_sections, "tensor_split", self.where);
  if (indices_or_sections.dim() == 0) return tensor_split(self, numbers[0], dim);
  return tensor_split(self, numbers, dim);
}
namespace {
void splits_evenly(In self, int64_t dim, int64_t sections, const char* what) {
  if (sections == 0 || self->size(dim) % sections != 0)
    refuse(self.where, what, what, " attempted to split along dimension ", dim,
           ", but the size of the dimension ", self->size(dim),
           " is not divisible by the split_size ", sections, "!");
}
int64_t split_dim(In self, int64_t rank, int64_t dim, const char* what) {
  require(self, How(self.where, nullptr, what));
  if (self->dim() < rank)
    refuse(self.where, what, "torch.", what, " requires a tensor with at least ", rank,
           " dimension, but got a tensor with ", self->dim(), " dimensions!");
  return rank == 1 && self->dim() == 1 ? 0 : dim;
}
}  // namespace
#define WEFT_SPLIT(f, rank, along)                                        \
  Tensors f(In self, int64_t sections) {                                  \
    const int64_t dim = split_dim(self, rank, along, #f);                 \
    splits_evenly(self, dim, sections, #f);                               \
    return tensor_split(self, sections, dim);                             \
  }                                                                       \
  Tensors f(In self, IntArrayRef indices) {                               \
    return tensor_split(self, indices, split_dim(self, rank, along, #f)); \
  }
WEFT_SPLIT(hsplit, 1, 1)
WEFT_SPLIT(vsplit, 2, 0)
WEFT_SPLIT(dsplit, 3, 2)
#undef WEFT_SPLIT

Tensor diag_embed(In self, int64_t offset, int64_t dim1, int64_t dim2) {
  Composite composite("diag_embed", nullptr, self.where);
  require(self, How(self.where, nullptr, "diag_embed"));
  const int64_t rank = self->dim() + 1, a = wrap_dim(dim1, rank, self.where),
                b = wrap_dim(dim2, rank, self.where);
  if (a == b)
    refuse(self.where, "diag_embed", "diagonal dimensions cannot be identical ", dim1, ", ", dim2);
  const int64_t side = self->size(-1) + std::abs(offset);
  std::vector<int64_t> sizes = self->sizes().vec();
  sizes.pop_back();
  sizes.insert(sizes.begin() + std::min(a, b), side);
  sizes.insert(sizes.begin() + std::max(a, b), side);
  Tensor y = torch::zeros(sizes, self->options());
  y.diagonal(offset, a, b).copy_(self);
  return y;
}
Tensor diag_embed(In self) { return diag_embed(self, 0); }
Tensor diag(In self, int64_t diagonal) {
  require(self, How(self.where, nullptr, "diag"));
  if (self->dim() == 1) return diag_embed(self, diagonal);
  if (self->dim() != 2)
    refuse(self.where, "diag", "diag(): Supports 1D or 2D tensors. Got ", self->dim(), "D");
  return torch::diagonal(self, diagonal).clone();
}
Tensor diag(In self) { return diag(self, 0); }
Tensor diagflat(In self, int64_t offset) {
  Composite composite("diagflat", nullptr, self.where);
  return diag(self->reshape(-1), offset);
}
Tensor diagflat(In self) { return diagflat(self, 0); }
Tensor trace(In self) {
  if (const Autocast cast(casts::trace, {self}); cast.on())
    return trace(In(cast[0], self.where));
  Composite composite("trace", "TraceBackward0", self.where);
  require(self, How(self.where, nullptr, "trace"));
  if (self->dim() != 2)
    refuse(self.where, "trace", "trace: expected a matrix, but got tensor with dim ", self->dim());
  if (self->scalar_type() == kBool)
    refuse<c10::NotImplementedError>(self.where, "trace", "\"trace\" not implemented for 'Bool'");
  return self->diagonal().sum();
}

Tensor fliplr(In self) {
  require(self, How(self.where, nullptr, "fliplr"));
  if (self->dim() < 2) refuse(self.where, "fliplr", "Input must be >= 2-d.");
  return flip(self, 1);
}
Tensor flipud(In self) {
  require(self, How(self.where, nullptr, "flipud"));
  if (self->dim() < 1) refuse(self.where, "flipud", "Input must be >= 1-d.");
  return flip(self, 0);
}
Tensor rot90(In self, int64_t k, IntArrayRef dims) {
  Composite composite("rot90", "Rot90Backward0", self.where);
  require(self, How(self.where, nullptr, "rot90"));
  if (dims.size() != 2)
    refuse(self.where, "rot90", "expected total rotation dims == 2, but got dims = ", dims.size());
  if (self->dim() < 2)
    refuse(self.where, "rot90", "expected total dims >= 2, but got total dims = ", self->dim());
  const int64_t a = wrap_dim(dims[0], self->dim(), self.where),
                b = wrap_dim(dims[1], self->dim(), self.where);
  if (a == b)
    refuse(self.where, "rot90", "expected rotation dims to be different, but got dim0 = ", dims[0],
           " and dim1 = ", dims[1]);
  switch ((k % 4 + 4) % 4) {
    case 1: return self->flip(b).transpose(a, b);
    case 2: return self->flip({a, b});
    case 3: return self->flip(a).transpose(a, b);
    default: return self->clone();
  }
}
Tensor rot90(In self) { return rot90(self, 1); }

namespace {
// A copy of self in which the view that `show` gives holds src.
template <class Show>
Tensor with_part(In self, const Tensor& src, const char* name, const Show& show) {
  Composite composite(name, nullptr, self.where);
  const How how(self.where, nullptr, name);
  require(self, how);
  require(src, how);
  Tensor y = self->clone();
  const Tensor part = show(y);
  if (part.sizes() != src.sizes())
    refuse(self.where, name,
           "expected src to have a size equal to the slice of self. src size = ", src.sizes(),
           ", slice size = ", part.sizes());
  part.copy_(src);
  return y;
}
}  // namespace
Tensor slice_scatter(In self, const Tensor& src, int64_t dim, optional<int64_t> start,
                     optional<int64_t> end, int64_t step) {
  return with_part(self, src, "slice_scatter",
                   [&](const Tensor& y) { return y.slice(dim, start, end, step); });
}
Tensor select_scatter(In self, const Tensor& src, int64_t dim, int64_t index) {
  return with_part(self, src, "select_scatter",
                   [&](const Tensor& y) { return y.select(dim, index); });
}
Tensor diagonal_scatter(In self, const Tensor& src, int64_t offset, int64_t dim1, int64_t dim2) {
  return with_part(self, src, "diagonal_scatter",
                   [&](const Tensor& y) { return y.diagonal(offset, dim1, dim2); });
}
Tensor as_strided_scatter(In self, const Tensor& src, IntArrayRef size, IntArrayRef stride,
                          optional<int64_t> offset) {
  return with_part(self, src, "as_strided_scatter",
                   [&](const Tensor& y) { return y.as_strided(size, stride, offset); });
}
}  // namespace torch
