// What a tensor says of itself.
#include "frontend/autograd/grad_mode.h"
#include "frontend/autograd/meta.h"
#include "frontend/record/evaluate.h"
#include "frontend/record/exposed.h"
#include "frontend/tensor/accessor.h"
#include "frontend/tensor/compute_inside.h"

namespace torch {
namespace {
const record::TensorImpl& impl_of(const TensorBase& t) {
  if (!t.defined())
    throw c10::Error("Expected a proper Tensor but got None (or an undefined Tensor in C++)",
                     Location::none());
  return *record::impl(t);
}
}  // namespace

const std::string& TensorBase::name() const {
  static const std::string none;
  const record::TensorImpl& t = impl_of(*this);
  return t.meta ? t.meta->name : none;
}
// No tensor has the sizes of an empty vector.
IntArrayRef TensorBase::sizes() const {
  static const Dims none{0};
  return ref(defined() ? impl_of(*this).sizes : none);
}
IntArrayRef TensorBase::strides() const { return ref(impl_of(*this).strides); }
namespace {
size_t dim_of(const record::TensorImpl& t, int64_t dim, Location where) {
  if (t.sizes.empty())
    throw c10::IndexError(
        "Dimension specified as " + std::to_string(dim) + " but tensor has no dimensions",
        record::located(where));
  return static_cast<size_t>(wrap_dim(dim, static_cast<int64_t>(t.sizes.size()), where));
}
}  // namespace
int64_t TensorBase::size(int64_t dim, Location where) const {
  const record::TensorImpl& t = impl_of(*this);
  return t.sizes[dim_of(t, dim, where)];
}
int64_t TensorBase::stride(int64_t dim, Location where) const {
  const record::TensorImpl& t = impl_of(*this);
  return t.strides[dim_of(t, dim, where)];
}
int64_t TensorBase::dim() const { return static_cast<int64_t>(sizes().size()); }
int64_t TensorBase::numel() const { return defined() ? impl_of(*this).type().numel() : 0; }
int64_t TensorBase::storage_offset() const { return impl_of(*this).offset; }
bool TensorBase::is_contiguous(MemoryFormat format) const {
  const record::TensorImpl& t = impl_of(*this);
  if (format == MemoryFormat::Contiguous || format == MemoryFormat::Preserve) return t.contiguous;
  const size_t rank = format == MemoryFormat::ChannelsLast ? 4 : 5;
  if (t.sizes.size() != rank) return false;
  Dims order{0};
  for (size_t d = 2; d < rank; ++d) order.push_back(static_cast<int64_t>(d));
  order.push_back(1);
  const Dims wanted = record::strides_in_order(t.sizes, order);
  for (size_t d = 0; d < rank; ++d)
    if (t.sizes[d] != 1 && t.strides[d] != wanted[d]) return false;
  return true;
}
bool TensorBase::is_non_overlapping_and_dense() const {
  const record::TensorImpl& t = impl_of(*this);
  return record::is_dense(t.sizes, t.strides);
}
ScalarType TensorBase::scalar_type() const {
  return defined() ? impl_of(*this).dtype : ScalarType::Undefined;
}
Device TensorBase::device() const { return device_at(impl_of(*this).storage->home); }
bool TensorBase::is_pinned(optional<Device>) const { return impl_of(*this).storage->pinned; }
TensorOptions TensorBase::options() const {
  return TensorOptions().dtype(impl_of(*this).dtype).device(device()).layout(kStrided);
}
std::string TensorBase::toString() const {
  if (!defined()) return "UndefinedType";
  return DeviceTypeName(device().type()) + c10::toString(scalar_type()) + "Type";
}

void* TensorBase::mutable_data_ptr(Location where) const {
  impl_of(*this);
  return record::expose(Tensor(*this), true, where);
}
const void* TensorBase::const_data_ptr(Location where) const {
  impl_of(*this);
  return record::expose(Tensor(*this), false, where);
}
void* TensorBase::typed_data(ScalarType wanted, bool writable, Location where) const {
  if (impl_of(*this).dtype != wanted)
    throw c10::Error(c10::str("expected scalar type ", wanted, " but found ", scalar_type()),
                     record::located(where));
  return record::expose(Tensor(*this), writable, where);
}
Scalar TensorBase::item(Location where) const {
  const Value v = record::read(Tensor(*this), "item", where);
  if (v.type().numel() != 1)
    throw c10::Error(
        c10::str("a Tensor with ", v.type().numel(), " elements cannot be converted to Scalar"),
        record::located(where));
  const record::Bytes bytes = record::host_bytes(v, {"item", where});
  Scalar s;
  op::visit_dtype(v.type().dtype,
                  [&](auto zero) { s = *static_cast<const decltype(zero)*>(bytes.data()); });
  return s;
}

bool TensorBase::requires_grad() const {
  return defined() && record::requires_grad(impl_of(*this));
}
bool TensorBase::is_leaf() const { return record::is_leaf(impl_of(*this)); }
bool TensorBase::is_view() const { return impl_of(*this).is_view; }
bool TensorBase::retains_grad() const {
  return impl_of(*this).meta && impl_of(*this).meta->retains_grad;
}
uint32_t TensorBase::_version() const { return impl_of(*this).current_version(); }
bool is_floating_point(const Tensor& self) { return self.is_floating_point(); }
}  // namespace torch
