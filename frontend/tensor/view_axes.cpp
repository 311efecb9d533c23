// Views with the dims in another order.
#include "frontend/tensor/compute_inside.h"

namespace torch {
namespace {
using record::make_view;
using record::TensorImpl;

Tensor permute_of(const Tensor& t, const Dims& permutation, const How& how) {
  const TensorImpl& self = of(t, how);
  Dims sizes, strides;
  for (int64_t d : permutation) {
    sizes.push_back(self.sizes[d]);
    strides.push_back(self.strides[d]);
  }
  record::ViewChain chain = record::permuted(self.chain, self.type(), permutation, how);
  return make_view(t, std::move(chain), std::move(sizes), std::move(strides), self.offset,
                   how.where);
}

Tensor permute_of(const Tensor& t, IntArrayRef dims, const How& how) {
  const TensorImpl& self = of(t, how);
  if (static_cast<int64_t>(dims.size()) != t.dim())
    refuse(how.where, how.what,
           "permute(sparse_coo): number of dimensions in the tensor input does not match the "
           "length of the desired "
           "ordering of dimensions i.e. input.dim() = ",
           t.dim(), " is not equal to len(dims) = ", dims.size());
  Dims permutation;
  Dims seen(self.sizes.size(), 0);
  for (int64_t d : dims) {
    permutation.push_back(wrap_dim(d, t.dim(), how.where));
    if (seen[permutation.back()]++)
      refuse(how.where, how.what, "permute(): duplicate dims are not allowed.");
  }
  return permute_of(t, permutation, how);
}

Tensor transpose_of(const Tensor& t, int64_t a, int64_t b, const How& how) {
  of(t, how);
  a = wrap_dim(a, t.dim(), how.where);
  b = wrap_dim(b, t.dim(), how.where);
  Dims permutation;
  for (int64_t d = 0; d < t.dim(); ++d) permutation.push_back(d);
  if (!permutation.empty()) std::swap(permutation[a], permutation[b]);
  return permute_of(t, permutation, how);
}
}  // namespace

Tensor permute(In self, IntArrayRef dims) {
  return permute_of(self.tensor, dims, How(self.where, "PermuteBackward0", "permute"));
}
Tensor Tensor::permute(IntArrayRef dims, Location where) const {
  return torch::permute(In(*this, where), dims);
}
Tensor transpose(In self, int64_t a, int64_t b) {
  return transpose_of(self, a, b, How(self.where, "TransposeBackward0", "transpose"));
}
Tensor Tensor::transpose(int64_t a, int64_t b, Location where) const {
  return torch::transpose(In(*this, where), a, b);
}
Tensor swapaxes(In self, int64_t a, int64_t b) { return transpose(self, a, b); }
Tensor Tensor::swapaxes(int64_t a, int64_t b, Location where) const {
  return torch::transpose(In(*this, where), a, b);
}

Tensor movedim(In self, int64_t source, int64_t destination) {
  const How how(self.where, "PermuteBackward0", "movedim");
  of(self, how);
  const int64_t from = wrap_dim(source, self->dim(), self.where),
                to = wrap_dim(destination, self->dim(), self.where);
  Dims order;
  for (int64_t d = 0; d < self->dim(); ++d)
    if (d != from) order.push_back(d);
  order.insert(static_cast<size_t>(to), from);
  return permute_of(self.tensor, order, how);
}
Tensor Tensor::movedim(int64_t source, int64_t destination, Location where) const {
  return torch::movedim(In(*this, where), source, destination);
}

Tensor t(In self) {
  const How how(self.where, "TBackward0", "t");
  of(self, how);
  if (self->dim() > 2)
    refuse(self.where, "t", "t() expects a tensor with <= 2 dimensions, but self is ", self->dim(),
           "D");
  return transpose_of(self, 0, self->dim() < 2 ? 0 : 1, how);
}
Tensor Tensor::t(Location where) const { return torch::t(In(*this, where)); }
Tensor Tensor::mT(Location where) const { return torch::transpose(In(*this, where), -2, -1); }
}  // namespace torch
