// Views with the same elements in the same order under other sizes, and elements shown more than
// once.
#include <algorithm>

#include "frontend/tensor/compute_inside.h"

namespace torch {
namespace {
using record::make_view;
using record::TensorImpl;

// -1 stands for what is left over.
Dims inferred(IntArrayRef shape, int64_t numel, const How& how) {
  Dims sizes(span(shape));
  int64_t known = 1;
  int hole = -1;
  for (size_t i = 0; i < sizes.size(); ++i) {
    if (sizes[i] == -1) {
      if (hole >= 0) refuse(how.where, how.what, "only one dimension can be inferred");
      hole = static_cast<int>(i);
    } else if (sizes[i] < 0) {
      refuse(how.where, how.what, "invalid shape dimension ", sizes[i], " at index ", i,
             " of shape ", shape);
    } else if (__builtin_mul_overflow(known, sizes[i], &known)) {
      refuse(how.where, how.what, "shape '", shape, "' is invalid for input of size ", numel);
    }
  }
  if (hole >= 0 && known == 0)
    refuse(how.where, how.what, "cannot reshape tensor of 0 elements into shape ", shape,
           " because the unspecified dimension size -1 can be any value and is ambiguous");
  if (hole >= 0 && numel % known == 0) sizes[static_cast<size_t>(hole)] = numel / known;
  else if (hole >= 0 || known != numel)
    refuse(how.where, how.what, "shape '", shape, "' is invalid for input of size ", numel);
  return sizes;
}

Tensor viewed(const Tensor& t, Dims sizes, Dims strides, const How& how) {
  const TensorImpl& self = of(t, how);
  record::ViewChain chain = record::reshaped(self.chain, self.type(), sizes, how);
  return make_view(t, std::move(chain), std::move(sizes), std::move(strides), self.offset,
                   how.where);
}

Tensor view_of(const Tensor& t, IntArrayRef shape, const How& how) {
  const TensorImpl& self = of(t, how);
  Dims sizes = inferred(shape, t.numel(), how), strides;
  if (!record::view_strides(self.sizes, self.strides, sizes, strides))
    refuse(how.where, how.what,
           "view size is not compatible with input tensor's size and stride (at least one "
           "dimension spans across "
           "two contiguous subspaces). Use .reshape(...) instead.");
  return viewed(t, std::move(sizes), std::move(strides), how);
}

// A view where one is possible, else a copy.
Tensor reshape_of(const Tensor& t, IntArrayRef shape, const How& how) {
  const TensorImpl& self = of(t, how);
  Dims sizes = inferred(shape, t.numel(), how), strides;
  if (record::view_strides(self.sizes, self.strides, sizes, strides))
    return viewed(t, std::move(sizes), std::move(strides), how);
  return record::make_tensor(
      record::record(Op::reshape, {input(t, how)}, op::attrs::reshape::pack(sizes), how));
}

Tensor squeeze_of(const Tensor& t, const std::vector<bool>* only, const How& how) {
  const TensorImpl& self = of(t, how);
  Dims sizes, strides;
  for (size_t d = 0; d < self.sizes.size(); ++d) {
    if (self.sizes[d] == 1 && (!only || (*only)[d])) continue;
    sizes.push_back(self.sizes[d]);
    strides.push_back(self.strides[d]);
  }
  return viewed(t, std::move(sizes), std::move(strides), how);
}

Tensor expand_of(const Tensor& t, IntArrayRef size, const How& how) {
  const TensorImpl& self = of(t, how);
  const size_t rank = self.sizes.size();
  if (size.size() < rank)
    refuse(how.where, how.what, "expand(", t.toString(), "{", t.sizes(), "}, size=", size,
           "): the number of sizes provided (", size.size(),
           ") must be greater or equal to the number of dimensions in the tensor (", rank, ")");
  const size_t lead = size.size() - rank;
  Dims sizes;
  for (size_t i = 0; i < size.size(); ++i) {
    const int64_t had = i < lead ? 1 : self.sizes[i - lead];
    const int64_t wants = size[i] == -1 && i >= lead ? had : size[i];
    if (wants < 0)
      refuse(how.where, how.what, "The expanded size of the tensor (", wants,
             ") isn't allowed in a leading, non-existing dimension ", i);
    if (had != wants && had != 1)
      refuse(how.where, how.what, "The expanded size of the tensor (", wants,
             ") must match the existing size (", had, ") at non-singleton dimension ", i,
             ".  Target sizes: ", size, ".  Tensor sizes: ", t.sizes());
    sizes.push_back(wants);
  }
  check_numel(sizes, self.dtype, how);
  Dims strides(sizes.size(), 0);
  for (size_t i = sizes.size(); i-- > 0;) {
    const int64_t had = i < lead ? 1 : self.sizes[i - lead];
    if (had != sizes[i]) continue;
    if (i >= lead) strides[i] = self.strides[i - lead];
    else strides[i] = i + 1 < sizes.size() ? sizes[i + 1] * strides[i + 1] : 1;
  }
  return make_view(t, record::expanded(self.chain, self.type(), sizes, how), sizes, strides,
                   self.offset, how.where);
}
}  // namespace

Tensor Tensor::view(IntArrayRef size, Location where) const {
  return view_of(*this, size, How(where, "ViewBackward0", "view"));
}
Tensor Tensor::view_as(const Tensor& other, Location where) const {
  return view(other.sizes(), where);
}
Tensor reshape(In self, IntArrayRef shape) {
  return reshape_of(self, shape, How(self.where, "ViewBackward0", "reshape"));
}
Tensor Tensor::reshape(IntArrayRef shape, Location where) const {
  return torch::reshape(In(*this, where), shape);
}
Tensor Tensor::reshape_as(const Tensor& other, Location where) const {
  return reshape(other.sizes(), where);
}

Tensor flatten(In self, int64_t start, int64_t end) {
  const How how(self.where, "ViewBackward0", "flatten");
  const TensorImpl& impl = of(self, how);
  const int64_t a = wrap_dim(start, self->dim(), self.where),
                b = wrap_dim(end, self->dim(), self.where);
  if (a > b)
    refuse(self.where, "flatten",
           "flatten() has invalid args: start_dim cannot come after end_dim");
  if (self->dim() == 0) return reshape_of(self, 1, how);
  if (a == b) return self.tensor;
  std::vector<int64_t> sizes;
  int64_t joined = 1;
  for (int64_t d = 0; d < self->dim(); ++d) {
    if (d < a || d > b) sizes.push_back(impl.sizes[d]);
    else if (joined *= impl.sizes[d]; d == b) sizes.push_back(joined);
  }
  return reshape_of(self, sizes, how);
}
Tensor Tensor::flatten(int64_t start, int64_t end, Location where) const {
  return torch::flatten(In(*this, where), start, end);
}
Tensor unflatten(In self, int64_t dim, IntArrayRef sizes) {
  const How how(self.where, "ViewBackward0", "unflatten");
  const TensorImpl& impl = of(self, how);
  const int64_t d = wrap_dim(dim, self->dim(), self.where);
  wants_dims(self, dim, how);
  if (sizes.empty()) refuse(self.where, "unflatten", "unflatten: sizes must be non-empty");
  const Dims parts = inferred(sizes, impl.sizes[d], how);
  std::vector<int64_t> all(impl.sizes.begin(), impl.sizes.begin() + d);
  all.insert(all.end(), parts.begin(), parts.end());
  all.insert(all.end(), impl.sizes.begin() + d + 1, impl.sizes.end());
  return view_of(self, all, how);
}
Tensor Tensor::unflatten(int64_t dim, IntArrayRef sizes, Location where) const {
  return torch::unflatten(In(*this, where), dim, sizes);
}
Tensor ravel(In self) { return reshape_of(self, -1, How(self.where, "ViewBackward0", "ravel")); }
Tensor Tensor::ravel(Location where) const { return torch::ravel(In(*this, where)); }

Tensor squeeze(In self) {
  return squeeze_of(self, nullptr, How(self.where, "SqueezeBackward0", "squeeze"));
}
Tensor squeeze(In self, int64_t dim) {
  const How how(self.where, "SqueezeBackward1", "squeeze");
  of(self, how);
  std::vector<bool> only(static_cast<size_t>(std::max<int64_t>(self->dim(), 1)));
  only[static_cast<size_t>(wrap_dim(dim, self->dim(), self.where))] = true;
  return squeeze_of(self, &only, how);
}
Tensor squeeze(In self, IntArrayRef dims) {
  const How how(self.where, "SqueezeBackward2", "squeeze");
  of(self, how);
  std::vector<bool> only(static_cast<size_t>(std::max<int64_t>(self->dim(), 1)));
  for (int64_t d : dims) only[static_cast<size_t>(wrap_dim(d, self->dim(), self.where))] = true;
  return squeeze_of(self, &only, how);
}
Tensor Tensor::squeeze(Location where) const { return torch::squeeze(In(*this, where)); }
Tensor Tensor::squeeze(int64_t dim, Location where) const {
  return torch::squeeze(In(*this, where), dim);
}
Tensor Tensor::squeeze(IntArrayRef dim, Location where) const {
  return torch::squeeze(In(*this, where), dim);
}
Tensor unsqueeze(In self, int64_t dim) {
  const How how(self.where, "UnsqueezeBackward0", "unsqueeze");
  const TensorImpl& impl = of(self, how);
  const size_t d = static_cast<size_t>(wrap_dim(dim, self->dim() + 1, self.where));
  Dims sizes = impl.sizes, strides = impl.strides;
  strides.insert(d, d < sizes.size() ? sizes[d] * strides[d] : 1);
  sizes.insert(d, 1);
  return viewed(self, std::move(sizes), std::move(strides), how);
}
Tensor Tensor::unsqueeze(int64_t dim, Location where) const {
  return torch::unsqueeze(In(*this, where), dim);
}

Tensor Tensor::expand(IntArrayRef size, bool, Location where) const {
  return expand_of(*this, size, How(where, "ExpandBackward0", "expand"));
}
Tensor Tensor::expand_as(const Tensor& other, Location where) const {
  return expand(other.sizes(), false, where);
}
Tensor broadcast_to(In self, IntArrayRef size) {
  return expand_of(self, size, How(self.where, "ExpandBackward0", "broadcast_to"));
}
std::vector<Tensor> broadcast_tensors(TensorListIn tensors) {
  const How how(tensors.where, "ExpandBackward0", "broadcast_tensors");
  Dims all, next;
  for (const Tensor& t : tensors.list) {
    if (!op::broadcast(all, of(t, how).sizes, next))
      refuse(how.where, how.what, "The size of tensor a ", ref(all),
             " must match the size of tensor b ", t.sizes());
    all = next;
  }
  std::vector<Tensor> out;
  for (const Tensor& t : tensors.list) out.push_back(expand_of(t, ref(all), how));
  return out;
}

Tensor Tensor::alias(Location where) const {
  const How how(where, "AliasBackward0", "alias");
  const TensorImpl& self = of(*this, how);
  return make_view(*this, self.chain, self.sizes, self.strides, self.offset, how.where);
}
Tensor Tensor::_base() const {
  if (!defined() || !impl_->base) throw c10::Error("Can't get base of non-view Tensor");
  return Tensor(impl_->base);
}
}  // namespace torch
