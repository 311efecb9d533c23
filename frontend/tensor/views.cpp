// Views: the result shares the tensor's memory. Which are legal, and with what strides, is as in torch.
#include <algorithm>

#include "frontend/tensor/compute_inside.h"

namespace torch {
namespace {
using record::impl;
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
      refuse(how.where, how.what, "invalid shape dimension ", sizes[i], " at index ", i, " of shape ", shape);
    } else if (__builtin_mul_overflow(known, sizes[i], &known)) {
      refuse(how.where, how.what, "shape '", shape, "' is invalid for input of size ", numel);
    }
  }
  if (hole >= 0 && known == 0)
    refuse(how.where, how.what, "cannot reshape tensor of 0 elements into shape ", shape,
           " because the unspecified dimension size -1 can be any value and is ambiguous");
  if (hole >= 0 && numel % known == 0) sizes[static_cast<size_t>(hole)] = numel / known;
  else if (hole >= 0 || known != numel) refuse(how.where, how.what, "shape '", shape, "' is invalid for input of size ", numel);
  return sizes;
}

const TensorImpl& of(const Tensor& t, const How& how) {
  require(t, how);
  return *impl(t);
}

Tensor viewed(const Tensor& t, Dims sizes, Dims strides, const How& how) {
  const TensorImpl& self = of(t, how);
  return make_view(t, record::reshaped(self.chain, self.type(), sizes, how), sizes, std::move(strides), self.offset);
}

Tensor view_of(const Tensor& t, IntArrayRef shape, const How& how) {
  const TensorImpl& self = of(t, how);
  Dims sizes = inferred(shape, t.numel(), how), strides;
  if (!record::view_strides(self.sizes, self.strides, sizes, strides))
    refuse(how.where, how.what, "view size is not compatible with input tensor's size and stride (at least one dimension spans across "
           "two contiguous subspaces). Use .reshape(...) instead.");
  return viewed(t, std::move(sizes), std::move(strides), how);
}

// A view where one is possible, else a copy.
Tensor reshape_of(const Tensor& t, IntArrayRef shape, const How& how) {
  const TensorImpl& self = of(t, how);
  Dims sizes = inferred(shape, t.numel(), how), strides;
  if (record::view_strides(self.sizes, self.strides, sizes, strides)) return viewed(t, std::move(sizes), std::move(strides), how);
  return record::make_tensor(record::record(Op::reshape, {input(t, how)}, op::attrs::reshape::pack(sizes), how));
}

Tensor permute_of(const Tensor& t, const Dims& permutation, const How& how) {
  const TensorImpl& self = of(t, how);
  Dims sizes, strides;
  for (int64_t d : permutation) {
    sizes.push_back(self.sizes[d]);
    strides.push_back(self.strides[d]);
  }
  return make_view(t, record::permuted(self.chain, self.type(), permutation, how), sizes, strides, self.offset);
}

Tensor permute_of(const Tensor& t, IntArrayRef dims, const How& how) {
  const TensorImpl& self = of(t, how);
  if (static_cast<int64_t>(dims.size()) != t.dim())
    refuse(how.where, how.what, "permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired "
           "ordering of dimensions i.e. input.dim() = ", t.dim(), " is not equal to len(dims) = ", dims.size());
  Dims permutation;
  Dims seen(self.sizes.size(), 0);
  for (int64_t d : dims) {
    permutation.push_back(wrap_dim(d, t.dim(), how.where));
    if (seen[permutation.back()]++) refuse(how.where, how.what, "permute(): duplicate dims are not allowed.");
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
    refuse(how.where, how.what, "expand(", t.toString(), "{", t.sizes(), "}, size=", size, "): the number of sizes provided (", size.size(),
           ") must be greater or equal to the number of dimensions in the tensor (", rank, ")");
  const size_t lead = size.size() - rank;
  Dims sizes;
  for (size_t i = 0; i < size.size(); ++i) {
    const int64_t had = i < lead ? 1 : self.sizes[i - lead];
    const int64_t wants = size[i] == -1 && i >= lead ? had : size[i];
    if (wants < 0)
      refuse(how.where, how.what, "The expanded size of the tensor (", wants, ") isn't allowed in a leading, non-existing dimension ", i);
    if (had != wants && had != 1)
      refuse(how.where, how.what, "The expanded size of the tensor (", wants, ") must match the existing size (", had,
             ") at non-singleton dimension ", i, ".  Target sizes: ", size, ".  Tensor sizes: ", t.sizes());
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
  return make_view(t, record::expanded(self.chain, self.type(), sizes, how), sizes, strides, self.offset);
}

Tensor slice_of(const Tensor& t, int64_t dim, optional<int64_t> start, optional<int64_t> end, int64_t step, const How& how,
                record::Creation creation = record::Creation::plain) {
  const TensorImpl& self = of(t, how);
  if (t.dim() == 0) refuse(how.where, how.what, "slice() cannot be applied to a 0-dim tensor.");
  const int64_t d = wrap_dim(dim, t.dim(), how.where), size = self.sizes[d];
  if (step <= 0) refuse(how.where, how.what, "slice step must be positive");
  auto bounded = [size](int64_t at) { return std::clamp<int64_t>(at < 0 ? at + size : at, 0, size); };
  const int64_t from = bounded(start.value_or(0)), to = std::max(from, bounded(end.value_or(INT64_MAX)));
  Dims starts(self.sizes.size(), 0), steps(self.sizes.size(), 1), sizes = self.sizes, strides = self.strides;
  starts[d] = from;
  steps[d] = step;
  sizes[d] = (to - from + step - 1) / step;
  strides[d] *= step;
  return make_view(t, record::sliced(self.chain, self.type(), starts, sizes, steps, how), sizes, strides,
                   self.offset + from * self.strides[d], creation);
}

Tensor narrow_of(const Tensor& t, int64_t dim, int64_t start, int64_t length, const How& how,
                 record::Creation creation = record::Creation::plain) {
  of(t, how);
  if (t.dim() == 0) refuse(how.where, how.what, "narrow() cannot be applied to a 0-dim tensor.");
  const int64_t size = t.size(dim);
  if (length < 0) refuse(how.where, how.what, "narrow(): length must be non-negative.");
  if (start < -size || start > size)
    refuse<c10::IndexError>(how.where, how.what, "start out of range (expected to be in range of [", -size, ", ", size, "], but got ", start, ")");
  if (start < 0) start += size;
  if (start > size - length)
    refuse(how.where, how.what, "start (", start, ") + length (", length, ") exceeds dimension size (", size, ").");
  return slice_of(t, dim, start, start + length, 1, how, creation);
}

Tensor select_of(const Tensor& t, int64_t dim, int64_t index, const How& how,
                 record::Creation creation = record::Creation::plain) {
  const TensorImpl& self = of(t, how);
  if (t.dim() == 0)
    refuse<c10::IndexError>(how.where, how.what, "select() cannot be applied to a 0-dim tensor.");
  const int64_t d = wrap_dim(dim, t.dim(), how.where), size = self.sizes[d];
  if (index < -size || index >= size)
    refuse<c10::IndexError>(how.where, how.what, "select(): index ", index, " out of range for tensor of size ", t.sizes(), " at dimension ", d);
  if (index < 0) index += size;
  Dims starts(self.sizes.size(), 0), steps(self.sizes.size(), 1), part = self.sizes, sizes = self.sizes, strides = self.strides;
  starts[d] = index;
  part[d] = 1;
  sizes.erase(static_cast<size_t>(d));
  strides.erase(static_cast<size_t>(d));
  const record::ViewChain row = record::sliced(self.chain, self.type(), starts, part, steps, how);
  return make_view(t, record::reshaped(row, op::Type(self.dtype, part), sizes, how), sizes, strides,
                   self.offset + index * self.strides[d], creation);
}

// Any sizes and strides over the memory of the storage. A base that is laid out in another order than its dims has a chain that says so; the
// memory beneath is row-major.
Tensor strided_of(const Tensor& t, const Dims& sizes, const Dims& strides, int64_t offset, const How& how) {
  const TensorImpl& self = of(t, how);
  const op::Type& base = self.storage->base;
  if (sizes.size() != strides.size())
    refuse(how.where, how.what, "mismatch in length of strides and shape");
  int64_t last = offset;
  bool none = false;
  for (size_t i = 0; i < sizes.size(); ++i) {
    if (sizes[i] < 0) refuse(how.where, how.what, "Trying to create tensor with negative dimension ", sizes[i], ": ", ref(sizes));
    if (strides[i] < 0) refuse(how.where, how.what, "as_strided: Negative strides are not supported at the moment, got strides: ", ref(strides));
    none |= sizes[i] == 0;
    last += (sizes[i] - 1) * strides[i];
  }
  if (offset < 0) refuse(how.where, how.what, "Tensor: invalid storage offset ", offset);
  if (!none && last >= base.numel())
    refuse(how.where, how.what, "setStorage: sizes ", ref(sizes), ", strides ", ref(strides), ", storage offset ", offset, ", and itemsize ",
           t.element_size(), " requiring a storage size of ", (last + 1) * static_cast<int64_t>(t.element_size()),
           " are out of bounds for storage of size ", base.bytes());
  check_numel(sizes, self.dtype, how);
  return make_view(t, record::strided(base, sizes, strides, offset, how), sizes, strides, offset);
}

std::vector<Tensor> split_of(const Tensor& t, IntArrayRef parts, int64_t dim, const How& how) {
  of(t, how);
  if (t.dim() == 0) refuse(how.where, how.what, "split expects at least a 1-dimensional tensor");
  const int64_t size = t.size(dim);
  int64_t at = 0, sum = 0;
  for (int64_t p : parts) {
    if (p < 0) refuse(how.where, how.what, "split_with_sizes expects split_sizes have only non-negative entries, but got split_sizes=", parts);
    sum += p;
  }
  if (sum != size)
    refuse(how.where, how.what, "split_with_sizes expects split_sizes to sum exactly to ", size, " (input tensor's size at dimension ", dim,
           "), but got split_sizes=", parts);
  std::vector<Tensor> pieces;
  for (int64_t p : parts) {
    pieces.push_back(slice_of(t, dim, at, at + p, 1, how, record::Creation::multiple_outputs));
    at += p;
  }
  return pieces;
}

std::vector<Tensor> split_of(const Tensor& t, int64_t part, int64_t dim, const How& how) {
  of(t, how);
  if (t.dim() == 0) refuse(how.where, how.what, "split expects at least a 1-dimensional tensor");
  if (part < 0) refuse(how.where, how.what, "split expects split_size be non-negative, but got split_size=", part);
  const int64_t size = t.size(dim);
  if (part == 0 && size != 0) refuse(how.where, how.what, "split_size can only be 0 if dimension size is 0, but got dimension size of ", size);
  std::vector<int64_t> parts;
  for (int64_t at = 0; at < size; at += part) parts.push_back(std::min(part, size - at));
  if (parts.empty()) parts.push_back(0);
  return split_of(t, parts, dim, how);
}

std::vector<Tensor> chunk_of(const Tensor& t, int64_t chunks, int64_t dim, const How& how) {
  of(t, how);
  if (t.dim() == 0) refuse(how.where, how.what, "chunk expects at least a 1-dimensional tensor");
  if (chunks <= 0) refuse(how.where, how.what, "chunk expects `chunks` to be greater than 0, got: ", chunks);
  const int64_t size = t.size(dim), part = (size + chunks - 1) / chunks;
  if (part == 0) return split_of(t, std::vector<int64_t>(static_cast<size_t>(chunks), 0), dim, how);
  return split_of(t, part, dim, how);
}

Tensor diagonal_of(const Tensor& t, int64_t offset, int64_t dim1, int64_t dim2, const How& how) {
  const TensorImpl& self = of(t, how);
  const int64_t a = wrap_dim(dim1, t.dim(), how.where), b = wrap_dim(dim2, t.dim(), how.where);
  if (a == b) refuse(how.where, how.what, "diagonal dimensions cannot be identical ", dim1, ", ", dim2);
  const int64_t length = std::max<int64_t>(
      offset >= 0 ? std::min(self.sizes[a], self.sizes[b] - offset) : std::min(self.sizes[a] + offset, self.sizes[b]), 0);
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
  if (size > most) refuse(how.where, how.what, "maximum size for tensor at dimension ", d, " is ", most, " but size is ", size);
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

Tensor Tensor::view(IntArrayRef size, Location where) const { return view_of(*this, size, How(where, "ViewBackward0", "view")); }
Tensor Tensor::view_as(const Tensor& other, Location where) const { return view(other.sizes(), where); }
Tensor reshape(In self, IntArrayRef shape) { return reshape_of(self, shape, How(self.where, "ViewBackward0", "reshape")); }
Tensor Tensor::reshape(IntArrayRef shape, Location where) const { return torch::reshape(In(*this, where), shape); }
Tensor Tensor::reshape_as(const Tensor& other, Location where) const { return reshape(other.sizes(), where); }
Tensor permute(In self, IntArrayRef dims) { return permute_of(self.tensor, dims, How(self.where, "PermuteBackward0", "permute")); }
Tensor Tensor::permute(IntArrayRef dims, Location where) const { return torch::permute(In(*this, where), dims); }
Tensor transpose(In self, int64_t a, int64_t b) { return transpose_of(self, a, b, How(self.where, "TransposeBackward0", "transpose")); }
Tensor Tensor::transpose(int64_t a, int64_t b, Location where) const { return torch::transpose(In(*this, where), a, b); }
Tensor swapaxes(In self, int64_t a, int64_t b) { return transpose(self, a, b); }
Tensor Tensor::swapaxes(int64_t a, int64_t b, Location where) const { return torch::transpose(In(*this, where), a, b); }

Tensor movedim(In self, int64_t source, int64_t destination) {
  const How how(self.where, "PermuteBackward0", "movedim");
  of(self, how);
  const int64_t from = wrap_dim(source, self->dim(), self.where), to = wrap_dim(destination, self->dim(), self.where);
  Dims order;
  for (int64_t d = 0; d < self->dim(); ++d)
    if (d != from) order.push_back(d);
  order.insert(static_cast<size_t>(to), from);
  return permute_of(self.tensor, order, how);
}
Tensor Tensor::movedim(int64_t source, int64_t destination, Location where) const { return torch::movedim(In(*this, where), source, destination); }

Tensor t(In self) {
  const How how(self.where, "TBackward0", "t");
  of(self, how);
  if (self->dim() > 2) refuse(self.where, "t", "t() expects a tensor with <= 2 dimensions, but self is ", self->dim(), "D");
  return transpose_of(self, 0, self->dim() < 2 ? 0 : 1, how);
}
Tensor Tensor::t(Location where) const { return torch::t(In(*this, where)); }
Tensor Tensor::mT(Location where) const { return torch::transpose(In(*this, where), -2, -1); }

Tensor flatten(In self, int64_t start, int64_t end) {
  const How how(self.where, "ViewBackward0", "flatten");
  const TensorImpl& impl = of(self, how);
  const int64_t a = wrap_dim(start, self->dim(), self.where), b = wrap_dim(end, self->dim(), self.where);
  if (a > b) refuse(self.where, "flatten", "flatten() has invalid args: start_dim cannot come after end_dim");
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
Tensor Tensor::flatten(int64_t start, int64_t end, Location where) const { return torch::flatten(In(*this, where), start, end); }
Tensor unflatten(In self, int64_t dim, IntArrayRef sizes) {
  const How how(self.where, "ViewBackward0", "unflatten");
  const TensorImpl& impl = of(self, how);
  const int64_t d = wrap_dim(dim, self->dim(), self.where);
  if (sizes.empty()) refuse(self.where, "unflatten", "unflatten: sizes must be non-empty");
  const Dims parts = inferred(sizes, impl.sizes[d], how);
  std::vector<int64_t> all(impl.sizes.begin(), impl.sizes.begin() + d);
  all.insert(all.end(), parts.begin(), parts.end());
  all.insert(all.end(), impl.sizes.begin() + d + 1, impl.sizes.end());
  return view_of(self, all, how);
}
Tensor Tensor::unflatten(int64_t dim, IntArrayRef sizes, Location where) const { return torch::unflatten(In(*this, where), dim, sizes); }
Tensor ravel(In self) { return reshape_of(self, -1, How(self.where, "ViewBackward0", "ravel")); }
Tensor Tensor::ravel(Location where) const { return torch::ravel(In(*this, where)); }

Tensor squeeze(In self) { return squeeze_of(self, nullptr, How(self.where, "SqueezeBackward0", "squeeze")); }
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
Tensor Tensor::squeeze(int64_t dim, Location where) const { return torch::squeeze(In(*this, where), dim); }
Tensor Tensor::squeeze(IntArrayRef dim, Location where) const { return torch::squeeze(In(*this, where), dim); }
Tensor unsqueeze(In self, int64_t dim) {
  const How how(self.where, "UnsqueezeBackward0", "unsqueeze");
  const TensorImpl& impl = of(self, how);
  const size_t d = static_cast<size_t>(wrap_dim(dim, self->dim() + 1, self.where));
  Dims sizes = impl.sizes, strides = impl.strides;
  strides.insert(d, d < sizes.size() ? sizes[d] * strides[d] : 1);
  sizes.insert(d, 1);
  return viewed(self, std::move(sizes), std::move(strides), how);
}
Tensor Tensor::unsqueeze(int64_t dim, Location where) const { return torch::unsqueeze(In(*this, where), dim); }

Tensor Tensor::expand(IntArrayRef size, bool, Location where) const { return expand_of(*this, size, How(where, "ExpandBackward0", "expand")); }
Tensor Tensor::expand_as(const Tensor& other, Location where) const { return expand(other.sizes(), false, where); }
Tensor broadcast_to(In self, IntArrayRef size) { return expand_of(self, size, How(self.where, "ExpandBackward0", "broadcast_to")); }
std::vector<Tensor> broadcast_tensors(TensorListIn tensors) {
  const How how(tensors.where, "ExpandBackward0", "broadcast_tensors");
  Dims all, next;
  for (const Tensor& t : tensors.list) {
    if (!op::broadcast(all, of(t, how).sizes, next))
      refuse(how.where, how.what, "The size of tensor a ", ref(all), " must match the size of tensor b ", t.sizes());
    all = next;
  }
  std::vector<Tensor> out;
  for (const Tensor& t : tensors.list) out.push_back(expand_of(t, ref(all), how));
  return out;
}

Tensor narrow(In self, int64_t dim, int64_t start, int64_t length) {
  return narrow_of(self, dim, start, length, How(self.where, "SliceBackward0", "narrow"));
}
Tensor Tensor::narrow(int64_t dim, int64_t start, int64_t length, Location where) const { return torch::narrow(In(*this, where), dim, start, length); }
Tensor slice(In self, int64_t dim, optional<int64_t> start, optional<int64_t> end, int64_t step) {
  return slice_of(self, dim, start, end, step, How(self.where, "SliceBackward0", "slice"));
}
Tensor Tensor::slice(int64_t dim, optional<int64_t> start, optional<int64_t> end, int64_t step, Location where) const {
  return torch::slice(In(*this, where), dim, start, end, step);
}
Tensor select(In self, int64_t dim, int64_t index) { return select_of(self, dim, index, How(self.where, "SelectBackward0", "select")); }
Tensor Tensor::select(int64_t dim, int64_t index, Location where) const { return torch::select(In(*this, where), dim, index); }
Tensor diagonal(In self, int64_t offset, int64_t dim1, int64_t dim2) {
  return diagonal_of(self, offset, dim1, dim2, How(self.where, "DiagonalBackward0", "diagonal"));
}
Tensor Tensor::diagonal(int64_t offset, int64_t dim1, int64_t dim2, Location where) const { return torch::diagonal(In(*this, where), offset, dim1, dim2); }
Tensor as_strided(In self, IntArrayRef size, IntArrayRef stride, optional<int64_t> offset) {
  const How how(self.where, "AsStridedBackward0", "as_strided");
  return strided_of(self, Dims(span(size)), Dims(span(stride)), offset.value_or(of(self, how).offset), how);
}
Tensor Tensor::as_strided(IntArrayRef size, IntArrayRef stride, optional<int64_t> offset, Location where) const {
  return torch::as_strided(In(*this, where), size, stride, offset);
}
Tensor Tensor::unfold(int64_t dimension, int64_t size, int64_t step, Location where) const {
  return unfold_of(*this, dimension, size, step, How(where, "UnfoldBackward0", "unfold"));
}

std::vector<Tensor> unbind(In self, int64_t dim) {
  const How how(self.where, "UnbindBackward0", "unbind");
  of(self, how);
  std::vector<Tensor> out;
  for (int64_t i = 0; i < self->size(dim); ++i) out.push_back(select_of(self, dim, i, how, record::Creation::multiple_outputs));
  return out;
}
std::vector<Tensor> Tensor::unbind(int64_t dim, Location where) const { return torch::unbind(In(*this, where), dim); }
#define WEFT_SPLIT(f, Parts, compute, label)                                                                            \
  std::vector<Tensor> f(In self, Parts parts, int64_t dim) { return compute(self, parts, dim, How(self.where, label, #f)); } \
  std::vector<Tensor> Tensor::f(Parts parts, int64_t dim, Location where) const { return torch::f(In(*this, where), parts, dim); }
WEFT_SPLIT(split, int64_t, split_of, "SplitBackward0")
WEFT_SPLIT(split, IntArrayRef, split_of, "SplitWithSizesBackward0")
WEFT_SPLIT(split_with_sizes, IntArrayRef, split_of, "SplitWithSizesBackward0")
WEFT_SPLIT(chunk, int64_t, chunk_of, "SplitBackward0")
#undef WEFT_SPLIT

Tensor Tensor::alias(Location where) const {
  const How how(where, "AliasBackward0", "alias");
  const TensorImpl& self = of(*this, how);
  return make_view(*this, self.chain, self.sizes, self.strides, self.offset);
}
Tensor Tensor::_base() const {
  if (!defined() || !impl_->base) throw c10::Error("Can't get base of non-view Tensor");
  return Tensor(impl_->base);
}
}  // namespace torch
