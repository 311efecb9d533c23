// Copies, conversions, and writes of whole tensors.
#include "frontend/autograd/grad_mode.h"
#include "frontend/autograd/meta.h"
#include "frontend/record/transfer.h"
#include "frontend/tensor/compute_inside.h"
#include "frontend/tensor/factories.h"

namespace torch {
namespace {
using record::impl;

// The same values in a memory of their own. Values do not change, so the copy is the same Value
// until one of the two is written.
Tensor copied(const Tensor& t, ScalarType dtype, optional<MemoryFormat> format, const How& how) {
  const Value x = value_of(t, how);
  const Value v = own_history(cast(x, dtype, how), how);
  const bool keep = !format || *format == MemoryFormat::Preserve;
  return keep ? result_like(v, t) : record::make_tensor(v);
}

// Between pinned memory of the host and a GPU nobody needs to wait.
bool may_wait(bool non_blocking, const Tensor& from, bool to_pinned) {
  const record::Storage& s = *impl(from)->storage;
  return !non_blocking || !(record::is_gpu(s.home) ? to_pinned : s.pinned);
}

// On another device; what is copied between them is the smaller of the two types. On the host in
// pinned memory, where the program does not wait for it.
Tensor moved(const Tensor& t, record::Home home, ScalarType dtype, bool non_blocking,
             optional<MemoryFormat> format, const How& how) {
  const bool to_pinned = non_blocking && home == record::kHost && record::is_gpu(impl(t)->storage->home);
  Value v = value_of(t, how);
  if (op::dtype_bytes(dtype) <= op::dtype_bytes(v.type().dtype)) v = cast(v, dtype, how);
  v = cast(across(v, home, how, may_wait(non_blocking, t, to_pinned)), dtype, how);
  const bool keep = !format || *format == MemoryFormat::Preserve;
  Tensor result = keep ? result_like(v, t) : record::make_tensor(v);
  impl(result)->storage->pinned |= to_pinned;
  return result;
}

struct Wanted {
  optional<Device> device;
  optional<ScalarType> dtype;
  bool non_blocking, copy;
  optional<MemoryFormat> format;
};
Tensor converted(const Tensor& t, const Wanted& wanted, Location where) {
  const How how(where, "ToCopyBackward0", "to");
  require(t, how);
  const record::Home own = impl(t)->storage->home,
                     home = wanted.device ? home_for(*wanted.device, how) : own;
  const ScalarType type = wanted.dtype.value_or(t.scalar_type());
  if (!op::find_dtype(type))
    refuse(where, "to", "dtype ", c10::toString(type), " is not available in this build");
  if (home != own) return moved(t, home, type, wanted.non_blocking, wanted.format, how);
  if (!wanted.copy && type == t.scalar_type() &&
      (!wanted.format || *wanted.format == MemoryFormat::Preserve || t.is_contiguous()))
    return t;
  return copied(t, type, wanted.format, how);
}
}  // namespace

Tensor clone(In self, optional<MemoryFormat> format) {
  return copied(self, self->defined() ? self->scalar_type() : kFloat, format,
                How(self.where, "CloneBackward0", "clone"));
}
Tensor Tensor::clone(optional<MemoryFormat> format, Location where) const {
  return torch::clone(In(*this, where), format);
}
Tensor Tensor::contiguous(MemoryFormat format, Location where) const {
  const How how(where, "CloneBackward0", "contiguous");
  if (format == MemoryFormat::Preserve)
    refuse(where, "contiguous", "preserve memory format is unsupported by the contiguous operator");
  if (defined() && is_contiguous()) return *this;
  return copied(*this, defined() ? scalar_type() : kFloat, MemoryFormat::Contiguous, how);
}
Tensor Tensor::to(const TensorOptions& o, bool non_blocking, bool copy,
                  optional<MemoryFormat> format, Location where) const {
  if (o.requires_grad())
    refuse(where, "to", "to(options) expects unset requires_grad flag, but got "
           "options.requires_grad set as true");
  optional<ScalarType> dtype;
  if (o.has_dtype()) dtype = o.dtype().toScalarType();
  return converted(*this,
                   {o.device_opt(), dtype, non_blocking, copy,
                    format ? format : o.memory_format_opt()},
                   where);
}
Tensor Tensor::to(ScalarType dtype, bool non_blocking, bool copy, optional<MemoryFormat> format,
                  Location where) const {
  return converted(*this, {nullopt, dtype, non_blocking, copy, format}, where);
}
Tensor Tensor::to(Device device, ScalarType dtype, bool non_blocking, bool copy,
                  optional<MemoryFormat> format, Location where) const {
  return converted(*this, {device, dtype, non_blocking, copy, format}, where);
}
Tensor Tensor::to(const Tensor& other, bool non_blocking, bool copy, optional<MemoryFormat> format,
                  Location where) const {
  return converted(*this, {other.device(), other.scalar_type(), non_blocking, copy, format}, where);
}

Tensor Tensor::to(optional<ScalarType> dtype, optional<Layout> layout, optional<Device> device,
                  optional<bool>, bool non_blocking, bool copy, optional<MemoryFormat> format,
                  Location where) const {
  if (layout && *layout != kStrided)
    refuse(where, "to", "only the strided layout is available");
  return converted(*this, {device, dtype, non_blocking, copy, format}, where);
}

Tensor Tensor::pin_memory(optional<Device>, Location where) const {
  const How how(where, nullptr, "pin_memory");
  require(*this, how);
  if (is_pinned()) return *this;
  if (!is_cpu())
    refuse(where, "pin_memory", "cannot pin '", toString(), "' only dense CPU tensors can be pinned");
  home_for(Device(kCUDA), how);
  NoGradGuard no_grad;
  Tensor t = result_like(record::pinned(value_of(*this, how), where), *this);
  impl(t)->storage->pinned = true;
  return t;
}

Tensor& Tensor::copy_(const Tensor& src, bool non_blocking, Location where) const {
  const How how = overwriting(How(where, "torch::autograd::CopyBackwards", "copy_"));
  require(*this, how);
  require(src, how);
  record::check_writable(*this, "copy_", where);
  if (is_same(src)) {
    impl(*this)->version_counter()->version.fetch_add(1, std::memory_order_relaxed);
    return self_of(*this);
  }
  check_overlap(*this, src, how);
  Value v = across(value_of(src, how), impl(*this)->storage->home, how,
                   may_wait(non_blocking, src, impl(*this)->storage->pinned));
  v = own_history(cast(v, scalar_type(), how), how);
  Dims out;
  if (!op::broadcast(v.type().dims, impl(*this)->sizes, out) || out != impl(*this)->sizes)
    refuse_sizes(impl(*this)->sizes, v.type().dims, how);
  return write_back(*this, v, how);
}
Tensor& Tensor::fill_(const Scalar& value, Location where) const {
  const How how = overwriting(beside(*this, How(where, "FillBackward0", "fill_")));
  require(*this, how);
  record::check_writable(*this, "fill_", where);
  Value v = record::record(Op::expand, {fitting_number(value, scalar_type(), where)},
                           op::attrs::expand::pack(impl(*this)->sizes), how);
  record::write(*this, v, how);
  return self_of(*this);
}
Tensor& Tensor::fill_(const Tensor& value, Location where) const {
  const How how = overwriting(How(where, "FillBackward1", "fill_"));
  require(value, how);
  if (value.dim() != 0)
    refuse(where, "fill_", "fill_ only supports 0-dimension value tensor but got tensor with ",
           value.dim(), " dimensions.");
  require(*this, how);
  const Value v = across(value_of(value, how), impl(*this)->storage->home, how);
  return write_back(*this, own_history(cast(v, scalar_type(), how), how), how);
}
Tensor& Tensor::zero_(Location where) const {
  const How how = overwriting(beside(*this, How(where, "ZeroBackward0", "zero_")));
  require(*this, how);
  record::check_writable(*this, "zero_", where);
  record::write(
      *this,
      record::record(Op::constant, {},
                     op::attrs::constant::pack(op::Literal{scalar_type(), 0}, impl(*this)->sizes),
                     how),
      how);
  return self_of(*this);
}
Tensor& Tensor::operator=(In value) && { return copy_(value.tensor, false, value.where); }
Tensor& Tensor::operator=(ScalarIn value) && { return fill_(value.scalar, value.where); }

// The tensor keeps its identity, its gradient and its part as a leaf; the memory is the other's.
void Tensor::set_data(const Tensor& new_data, Location where) const {
  require(*this, How(where, nullptr, "set_data"));
  require(new_data, How(where, nullptr, "set_data"));
  record::TensorImpl &self = *impl(*this), &other = *impl(new_data);
  auto family = record::Ref<record::Lineage>::adopt(new record::Lineage);
  const bool leaf = record::is_leaf(self);
  autograd::Meta* meta = leaf && record::requires_grad(self) ? self.meta : nullptr;
  self.storage = other.storage;
  self.chain = other.chain;
  self.sizes = other.sizes;
  self.strides = other.strides;
  self.offset = other.offset;
  self.dtype = other.dtype;
  self.contiguous = other.contiguous;
  self.read = {};
  self.read_epoch = 0;
  self.lineage = family;
  if (meta) record::make_leaf(self, meta);
}
Tensor& Tensor::set_(const Tensor& source, Location where) const {
  set_data(source, where);
  return self_of(*this);
}
}  // namespace torch
