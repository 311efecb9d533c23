// A tensor that becomes another look at its memory, or gets another size.
#include "frontend/autograd/meta.h"
#include "frontend/tensor/compute_inside.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/storage.h"

namespace torch {
namespace {

// The sizes and strides of a view of it become the tensor's own.
Tensor& become(const Tensor& self, const Tensor& view, const How& how) {
  record::TensorImpl &to = *record::impl(self), &from = *record::impl(view);
  record::check_changeable(self, how.what, how.where);
  to.chain = from.chain;
  to.sizes = from.sizes;
  to.strides = from.strides;
  to.offset = from.offset;
  to.contiguous = from.contiguous;
  to.read = {};
  to.read_epoch = 0;
  to.version_counter()->version.fetch_add(1, std::memory_order_relaxed);
  return self_of(self);
}
}  // namespace

#define WEFT_BECOME(f, parameters, names)                              \
  Tensor& Tensor::f##_ parameters const {                              \
    require(*this, How(where, nullptr, #f "_"));                       \
    return become(*this, torch::f names, How(where, nullptr, #f "_")); \
  }
#define WEFT_SELF In(*this, where)
WEFT_BECOME(squeeze, (Location where), (WEFT_SELF))
WEFT_BECOME(squeeze, (int64_t dim, Location where), (WEFT_SELF, dim))
WEFT_BECOME(squeeze, (IntArrayRef dim, Location where), (WEFT_SELF, dim))
WEFT_BECOME(unsqueeze, (int64_t dim, Location where), (WEFT_SELF, dim))
WEFT_BECOME(t, (Location where), (WEFT_SELF))
WEFT_BECOME(transpose, (int64_t dim0, int64_t dim1, Location where), (WEFT_SELF, dim0, dim1))
WEFT_BECOME(swapaxes, (int64_t dim0, int64_t dim1, Location where), (WEFT_SELF, dim0, dim1))
WEFT_BECOME(swapdims, (int64_t dim0, int64_t dim1, Location where), (WEFT_SELF, dim0, dim1))
#undef WEFT_BECOME
const Tensor& Tensor::as_strided_(IntArrayRef size, IntArrayRef stride,
                                  optional<int64_t> storage_offset, Location where) const {
  require(*this, How(where, nullptr, "as_strided_"));
  return become(*this, torch::as_strided(WEFT_SELF, size, stride, storage_offset),
                How(where, nullptr, "as_strided_"));
}
#undef WEFT_SELF

const Tensor& Tensor::resize_(IntArrayRef size, optional<MemoryFormat>, Location where) const {
  const How how(where, nullptr, "resize_");
  const record::TensorImpl& self = of(*this, how);
  if (requires_grad()) refuse(where, "resize_", "cannot resize variables that require grad");
  for (int64_t s : size)
    if (s < 0)
      refuse(where, "resize_", "Trying to create tensor with negative dimension ", s, ": ", size);
  check_numel(span(size), self.dtype, how);
  if (sizes() == size) return *this;
  record::Call call(where);
  const Dims strides = op::row_major_strides(span(size));
  const int64_t wanted = self.offset + op::Type(self.dtype, Dims(span(size))).numel(),
                there = self.storage->base.numel();
  if (wanted <= there)
    return become(*this, torch::as_strided(*this, size, ref(strides), self.offset), how);
  const Tensor all = torch::as_strided(*this, {there}, {1}, 0);
  const Tensor grown = torch::cat({all, torch::zeros({wanted - there}, options())});
  const int64_t from = self.offset;
  set_data(torch::as_strided(grown, size, ref(strides), from), where);
  return *this;
}
const Tensor& Tensor::resize_as_(const Tensor& other, optional<MemoryFormat> format,
                                 Location where) const {
  require(other, How(where, nullptr, "resize_as_"));
  return resize_(other.sizes(), format, where);
}

bool Tensor::is_set_to(const Tensor& other) const {
  const How how(Location::none(), nullptr, "is_set_to");
  const record::TensorImpl &a = of(*this, how), &b = of(other, how);
  return a.storage.get() == b.storage.get() && a.offset == b.offset && a.sizes == b.sizes &&
         a.strides == b.strides;
}
bool Tensor::is_alias_of(const Tensor& other) const {
  const How how(Location::none(), nullptr, "is_alias_of");
  return of(*this, how).storage.get() == of(other, how).storage.get();
}
bool Tensor::is_nonzero(Location where) const {
  require(*this, How(where, nullptr, "is_nonzero"));
  if (numel() == 0)
    refuse(where, "is_nonzero", "Boolean value of Tensor with no values is ambiguous");
  if (numel() > 1)
    refuse(where, "is_nonzero", "Boolean value of Tensor with more than one value is ambiguous");
  return item(where).toBool();
}

}  // namespace torch

namespace c10 {
using torch::record::impl;
size_t Storage::nbytes() const {
  return tensor_.defined() ? impl(tensor_)->storage->base.bytes() : 0;
}
void* Storage::data(torch::Location where) const {
  if (nbytes() == 0) return nullptr;
  char* first = static_cast<char*>(tensor_.data_ptr(where));
  return first - static_cast<size_t>(tensor_.storage_offset()) * tensor_.element_size();
}
bool Storage::is_alias_of(const Storage& other) const {
  return tensor_.defined() && other.tensor_.defined() &&
         impl(tensor_)->storage.get() == impl(other.tensor_)->storage.get();
}
}  // namespace c10

namespace torch {
Tensor Tensor::view(ScalarType dtype, Location where) const {
  require(*this, How(where, nullptr, "view"));
  if (dtype == scalar_type()) return alias(where);
  refuse<c10::NotImplementedError>(where, "view", "the bits of ", c10::toString(scalar_type()),
                                   " as ", c10::toString(dtype), " are not available yet");
}
}  // namespace torch
