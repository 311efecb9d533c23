#include <cstring>

#include "frontend/tensor/compute_inside.h"

namespace torch {

Value number(const Scalar& s, ScalarType dtype, Location where) {
  uint64_t bits = 0;
  op::visit_dtype(dtype, [&](auto zero) {
    using T = decltype(zero);
    T v;
    if constexpr (op::DTypeOf<T>::is_float) v = static_cast<T>(s.toDouble());
    else v = s.to<T>(where);
    std::memcpy(&bits, &v, sizeof v);
  });
  return record::immediate(dtype, bits);
}

Value fitting_number(const Scalar& s, ScalarType dtype, Location where) {
  op::visit_dtype(dtype, [&](auto zero) { s.to<decltype(zero)>(where); });
  return number(s, dtype, where);
}

Value cast(const Value& v, ScalarType dtype, const How& how) {
  if (v.type().dtype == dtype) return v;
  return record::record(Op::cast, {v}, op::attrs::cast::pack(dtype),
                        How(how.where, "ToCopyBackward0", how.what));
}

Value narrowed(const Value& v, ScalarType dtype, const How& how) {
  if (v.type().dtype == dtype) return v;
  return record::record(Op::cast, {v}, op::attrs::cast::pack(dtype), how);
}

Value own_history(const Value& v, const How& how) {
  return v->carries ? record::record(Op::reshape, {v}, op::attrs::reshape::pack(v.type().dims), how)
                    : v;
}

Input input(const Tensor& t, const How& how) { return {value_of(t, how), record::impl(t)}; }

Input input(const Tensor& t, ScalarType dtype, const How& how) {
  Input in = input(t, how);
  if (in.value.type().dtype == dtype) return in;
  return {cast(in.value, dtype, how), nullptr};
}

Promotion& Promotion::add(const Tensor& t) {
  if (!t.defined()) t.dim();  // raises
  const record::TensorImpl& impl = *record::impl(t);
  ScalarType& category = impl.sizes.empty() ? zero_ : dims_;
  category = category == ScalarType::Undefined ? impl.dtype : promoteTypes(category, impl.dtype);
  return *this;
}

Promotion& Promotion::add(const Scalar& s) {
  const ScalarType type = s.isFloatingPoint() ? get_default_dtype_as_scalartype() : s.type();
  number_ = number_ == ScalarType::Undefined ? type : promoteTypes(number_, type);
  return *this;
}

ScalarType Promotion::result() const {
  auto combine = [](ScalarType higher, ScalarType lower) {
    if (higher == ScalarType::Undefined) return lower;
    if (lower == ScalarType::Undefined || isFloatingType(higher)) return higher;
    if (higher == ScalarType::Bool || isFloatingType(lower)) return promoteTypes(higher, lower);
    return higher;
  };
  return combine(dims_, combine(zero_, number_));
}

ScalarType to_float(ScalarType dtype) {
  return isFloatingType(dtype) ? dtype : get_default_dtype_as_scalartype();
}

ScalarType result_type(const Tensor& a, const Tensor& b) {
  return Promotion().add(a).add(b).result();
}
ScalarType result_type(const Tensor& a, const Scalar& b) {
  return Promotion().add(a).add(b).result();
}
ScalarType result_type(const Scalar& a, const Tensor& b) { return result_type(b, a); }
ScalarType result_type(const Scalar& a, const Scalar& b) {
  return Promotion().add(a).add(b).result();
}
ScalarType promote_types(ScalarType a, ScalarType b) { return c10::promoteTypes(a, b); }
bool can_cast(ScalarType from, ScalarType to) { return c10::canCast(from, to); }

Tensor elementwise_result(Value v, std::initializer_list<const Tensor*> operands) {
  bool plain = true;
  for (const Tensor* t : operands) plain &= record::impl(*t)->contiguous;
  if (plain) return record::make_tensor(std::move(v));
  const Dims sizes = v.type().dims;
  std::vector<Dims> strides;
  for (const Tensor* t : operands) {
    const record::TensorImpl& impl = *record::impl(*t);
    const size_t lead = sizes.size() - impl.sizes.size();
    Dims broadcast(sizes.size(), 0);
    for (size_t i = 0; i < impl.sizes.size(); ++i)
      if (impl.sizes[i] == sizes[lead + i]) broadcast[lead + i] = impl.strides[i];
    strides.push_back(broadcast);
  }
  return record::make_tensor(std::move(v), record::elementwise_order(sizes, strides));
}

Tensor result_like(Value v, const Tensor& like) {
  const record::TensorImpl& impl = *record::impl(like);
  if (impl.contiguous || !record::is_dense(impl.sizes, impl.strides) || v.type().dims != impl.sizes)
    return record::make_tensor(std::move(v));
  return record::make_tensor(std::move(v), record::memory_order(impl.sizes, impl.strides));
}

Tensor& write_back(const Tensor& self, const Value& v, const How& how) {
  record::check_writable(self, how.what, how.where);
  const op::Type& type = v.type();
  if (!canCast(type.dtype, self.scalar_type()))
    refuse(how.where, how.what, "result type ", c10::toString(type.dtype),
           " can't be cast to the desired output type ", c10::toString(self.scalar_type()));
  Value result = v;
  if (type.dims != record::impl(self)->sizes) {
    Dims out;
    if (!op::broadcast(type.dims, record::impl(self)->sizes, out) ||
        out != record::impl(self)->sizes)
      refuse(how.where, how.what, "output with shape ", self.sizes(),
             " doesn't match the broadcast shape ", ref(type.dims));
    result = record::record(Op::expand, {result}, op::attrs::expand::pack(out), how);
  }
  record::write(self, cast(result, self.scalar_type(), how), how);
  return self_of(self);
}

void check_numel(Span<int64_t> sizes, ScalarType dtype, const How& how) {
  int64_t n;
  if (!op::checked_numel(sizes, op::dtype_bytes(dtype), n))
    refuse(how.where, how.what, "numel: integer multiplication overflow: got sizes ", ref(sizes));
}

void refuse_sizes(Span<int64_t> a, Span<int64_t> b, const How& how) {
  const size_t rank = std::max(a.size(), b.size());
  for (size_t i = rank; i-- > 0;) {
    const int64_t x = i + a.size() < rank ? 1 : a[i + a.size() - rank],
                  y = i + b.size() < rank ? 1 : b[i + b.size() - rank];
    if (x != y && x != 1 && y != 1)
      refuse(how.where, how.what, "The size of tensor a (", x,
             ") must match the size of tensor b (", y, ") at non-singleton dimension ", i, ": got ",
             op::to_string(a), " and ", op::to_string(b), "; expected sizes that are equal or 1");
  }
  refuse(how.where, how.what, "output with shape ", ref(a), " doesn't match the broadcast shape ",
         ref(b));
}

void check_overlap(const Tensor& written, const Tensor& operand, const How& how) {
  if (!written.defined() || !operand.defined() || written.is_same(operand)) return;
  const record::TensorImpl &a = *record::impl(written), &b = *record::impl(operand);
  if (a.storage.get() != b.storage.get()) return;
  // As torch: only between tensors without gaps.
  if (!record::is_dense(a.sizes, a.strides) || !record::is_dense(b.sizes, b.strides)) return;
  const int64_t a_end = a.offset + written.numel(), b_end = b.offset + operand.numel();
  if (a.offset == b.offset && a_end == b_end && a.strides == b.strides) return;
  if (a.offset >= b_end || b.offset >= a_end) return;
  refuse(how.where, how.what,
         "unsupported operation: some elements of the input tensor and the written-to tensor refer "
         "to a single memory "
         "location. Please clone() the tensor before performing the operation.");
}

void refuse_dim(int64_t dim, int64_t rank, Location where) {
  throw c10::IndexError(c10::str("Dimension out of range (expected to be in range of [", -rank,
                                 ", ", rank - 1, "], but got ", dim, ")"),
                        record::located(where));
}
}  // namespace torch
