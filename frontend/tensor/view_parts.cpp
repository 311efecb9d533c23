// Views of a part along one dim: slice, narrow, select, and what is split into several.
#include <algorithm>

#include "frontend/tensor/compute_inside.h"

namespace torch {
namespace {
using autograd::CreationMeta;

using record::make_view;
using record::TensorImpl;

// Whether a part is one of those that a function splits a tensor into: then its place follows from
// shapes.
bool is_fixed(CreationMeta creation) { return creation == CreationMeta::MULTI_OUTPUT_NODE; }

Tensor slice_of(const Tensor& t, int64_t dim, optional<int64_t> start, optional<int64_t> end,
                int64_t step, const How& how, CreationMeta creation = CreationMeta::DEFAULT) {
  const TensorImpl& self = of(t, how);
  if (t.dim() == 0) refuse(how.where, how.what, "slice() cannot be applied to a 0-dim tensor.");
  const int64_t d = wrap_dim(dim, t.dim(), how.where), size = self.sizes[d];
  if (step <= 0) refuse(how.where, how.what, "slice step must be positive");
  auto bounded = [size](int64_t at) {
    return std::clamp<int64_t>(at < 0 ? at + size : at, 0, size);
  };
  const int64_t from = bounded(start.value_or(0)),
                to = std::max(from, bounded(end.value_or(INT64_MAX)));
  Dims starts(self.sizes.size(), 0), steps(self.sizes.size(), 1), sizes = self.sizes,
                                                                  strides = self.strides;
  starts[d] = from;
  steps[d] = step;
  sizes[d] = (to - from + step - 1) / step;
  strides[d] *= step;
  record::ViewChain part =
      record::sliced(self.chain, self.type(), starts, sizes, steps, how, is_fixed(creation));
  return make_view(t, std::move(part), std::move(sizes), std::move(strides),
                   self.offset + from * self.strides[d], how.where, creation);
}

Tensor narrow_of(const Tensor& t, int64_t dim, int64_t start, int64_t length, const How& how,
                 CreationMeta creation = CreationMeta::DEFAULT) {
  of(t, how);
  if (t.dim() == 0) refuse(how.where, how.what, "narrow() cannot be applied to a 0-dim tensor.");
  const int64_t size = t.size(wrap_dim(dim, t.dim(), how.where));
  if (length < 0) refuse(how.where, how.what, "narrow(): length must be non-negative.");
  if (start < -size || start > size)
    refuse<c10::IndexError>(how.where, how.what, "start out of range (expected to be in range of [",
                            -size, ", ", size, "], but got ", start, ")");
  if (start < 0) start += size;
  if (start > size - length)
    refuse(how.where, how.what, "start (", start, ") + length (", length,
           ") exceeds dimension size (", size, ").");
  return slice_of(t, dim, start, start + length, 1, how, creation);
}

Tensor select_of(const Tensor& t, int64_t dim, int64_t index, const How& how,
                 CreationMeta creation = CreationMeta::DEFAULT) {
  const TensorImpl& self = of(t, how);
  if (t.dim() == 0)
    refuse<c10::IndexError>(how.where, how.what, "select() cannot be applied to a 0-dim tensor.");
  const int64_t d = wrap_dim(dim, t.dim(), how.where), size = self.sizes[d];
  if (index < -size || index >= size)
    refuse<c10::IndexError>(how.where, how.what, "select(): index ", index,
                            " out of range for tensor of size ", t.sizes(), " at dimension ", d);
  if (index < 0) index += size;
  Dims starts(self.sizes.size(), 0), steps(self.sizes.size(), 1),
      part = self.sizes, sizes = self.sizes, strides = self.strides;
  starts[d] = index;
  part[d] = 1;
  sizes.erase(static_cast<size_t>(d));
  strides.erase(static_cast<size_t>(d));
  const record::ViewChain row =
      record::sliced(self.chain, self.type(), starts, part, steps, how, is_fixed(creation));
  record::ViewChain shown = record::reshaped(row, op::Type(self.dtype, part), sizes, how);
  return make_view(t, std::move(shown), std::move(sizes), std::move(strides),
                   self.offset + index * self.strides[d], how.where, creation);
}

std::vector<Tensor> split_of(const Tensor& t, IntArrayRef parts, int64_t dim, const How& how) {
  of(t, how);
  if (t.dim() == 0) refuse(how.where, how.what, "split expects at least a 1-dimensional tensor");
  const int64_t size = t.size(wrap_dim(dim, t.dim(), how.where));
  int64_t at = 0, sum = 0;
  for (int64_t p : parts) {
    if (p < 0)
      refuse(how.where, how.what,
             "split_with_sizes expects split_sizes have only non-negative entries, but got "
             "split_sizes=",
             parts);
    sum += p;
  }
  if (sum != size)
    refuse(how.where, how.what, "split_with_sizes expects split_sizes to sum exactly to ", size,
           " (input tensor's size at dimension ", dim, "), but got split_sizes=", parts);
  std::vector<Tensor> pieces;
  for (int64_t p : parts) {
    pieces.push_back(slice_of(t, dim, at, at + p, 1, how, CreationMeta::MULTI_OUTPUT_NODE));
    at += p;
  }
  return pieces;
}

std::vector<Tensor> split_of(const Tensor& t, int64_t part, int64_t dim, const How& how) {
  of(t, how);
  if (t.dim() == 0) refuse(how.where, how.what, "split expects at least a 1-dimensional tensor");
  if (part < 0)
    refuse(how.where, how.what,
           "split expects split_size be non-negative, but got split_size=", part);
  const int64_t size = t.size(wrap_dim(dim, t.dim(), how.where));
  if (part == 0 && size != 0)
    refuse(how.where, how.what,
           "split_size can only be 0 if dimension size is 0, but got dimension size of ", size);
  std::vector<int64_t> parts;
  for (int64_t at = 0; at < size; at += part) parts.push_back(std::min(part, size - at));
  if (parts.empty()) parts.push_back(0);
  return split_of(t, parts, dim, how);
}

std::vector<Tensor> chunk_of(const Tensor& t, int64_t chunks, int64_t dim, const How& how) {
  of(t, how);
  if (t.dim() == 0) refuse(how.where, how.what, "chunk expects at least a 1-dimensional tensor");
  if (chunks <= 0)
    refuse(how.where, how.what, "chunk expects `chunks` to be greater than 0, got: ", chunks);
  const int64_t size = t.size(wrap_dim(dim, t.dim(), how.where)),
                part = (size + chunks - 1) / chunks;
  if (part == 0) return split_of(t, std::vector<int64_t>(static_cast<size_t>(chunks), 0), dim, how);
  return split_of(t, part, dim, how);
}
}  // namespace

Tensor narrow(In self, int64_t dim, int64_t start, int64_t length) {
  return narrow_of(self, dim, start, length, How(self.where, "SliceBackward0", "narrow"));
}
Tensor Tensor::narrow(int64_t dim, int64_t start, int64_t length, Location where) const {
  return torch::narrow(In(*this, where), dim, start, length);
}
Tensor slice(In self, int64_t dim, optional<int64_t> start, optional<int64_t> end, int64_t step) {
  return slice_of(self, dim, start, end, step, How(self.where, "SliceBackward0", "slice"));
}
Tensor Tensor::slice(int64_t dim, optional<int64_t> start, optional<int64_t> end, int64_t step,
                     Location where) const {
  return torch::slice(In(*this, where), dim, start, end, step);
}
Tensor select(In self, int64_t dim, int64_t index) {
  return select_of(self, dim, index, How(self.where, "SelectBackward0", "select"));
}
Tensor Tensor::select(int64_t dim, int64_t index, Location where) const {
  return torch::select(In(*this, where), dim, index);
}

std::vector<Tensor> unbind(In self, int64_t dim) {
  const How how(self.where, "UnbindBackward0", "unbind");
  of(self, how);
  wants_dims(self, dim, how);
  const int64_t size = self->size(wrap_dim(dim, self->dim(), self.where));
  std::vector<Tensor> out;
  for (int64_t i = 0; i < size; ++i)
    out.push_back(select_of(self, dim, i, how, CreationMeta::MULTI_OUTPUT_NODE));
  return out;
}
std::vector<Tensor> Tensor::unbind(int64_t dim, Location where) const {
  return torch::unbind(In(*this, where), dim);
}
#define WEFT_SPLIT(f, Parts, compute, label)                                      \
  std::vector<Tensor> f(In self, Parts parts, int64_t dim) {                      \
    return compute(self, parts, dim, How(self.where, label, #f));                 \
  }                                                                               \
  std::vector<Tensor> Tensor::f(Parts parts, int64_t dim, Location where) const { \
    return torch::f(In(*this, where), parts, dim);                                \
  }
WEFT_SPLIT(split, int64_t, split_of, "SplitBackward0")
WEFT_SPLIT(split, IntArrayRef, split_of, "SplitWithSizesBackward0")
WEFT_SPLIT(split_with_sizes, IntArrayRef, split_of, "SplitWithSizesBackward0")
WEFT_SPLIT(chunk, int64_t, chunk_of, "SplitBackward0")
#undef WEFT_SPLIT
}  // namespace torch
