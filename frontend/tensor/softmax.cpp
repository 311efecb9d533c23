// Exponentials that are summed, without overflow.
#include <algorithm>
#include <limits>

#include "frontend/tensor/casting.h"
#include "frontend/tensor/reductions_inside.h"

namespace torch {
namespace {

// x less its largest element; that one is a constant for gradients, since it cancels.
Value shifted(const Operand& x, Span<int64_t> dims, const How& how) {
  Value top = reduce(Op::max, x, dims, true, how);
  top = record::record(Op::detach, {top}, {}, how);
  return record::record(Op::sub, {x, top}, {}, how);
}

ScalarType softmax_type(In self, optional<ScalarType> dtype, const How& how) {
  require(self, how);
  const ScalarType type = dtype.value_or(self->scalar_type());
  if (!isFloatingType(type))
    refuse<c10::NotImplementedError>(how.where, how.what,
                                     "\"softmax_lastdim_kernel_impl\" not implemented for '",
                                     c10::toString(type), "'");
  return type;
}
}  // namespace

Tensor logsumexp(In self, IntArrayRef dim, bool keepdim) {
  if (const Autocast cast(casts::logsumexp, {self}); cast.on())
    return logsumexp(In(cast[0], self.where), dim, keepdim);
  const How how(self.where, "LogsumexpBackward0", "logsumexp");
  require(self, how);
  const ScalarType to = to_float(self->scalar_type());
  const Input x = input(self, op::computed_in(to), how);
  const Dims dims = reduced_dims(dim, self->dim(), how);
  // The sum of nothing is 0 and needs no largest element.
  const bool nothing = std::any_of(dims.begin(), dims.end(),
                                   [&](int64_t d) { return self->dim() && self->size(d) == 0; });
  Value top = reduce(nothing ? Op::sum : Op::max, x, dims, true, how);
  // An infinite largest element is left alone: infinity less infinity is nothing.
  const ScalarType type = x.value.type().dtype;
  const Value infinite =
      record::record(Op::eq,
                     {record::record(Op::abs, {top}, {}, how),
                      number(std::numeric_limits<double>::infinity(), type, how.where)},
                     {}, how);
  top = record::record(Op::select, {infinite, number(0, type, how.where), top}, {}, how);
  top = record::record(Op::detach, {top}, {}, how);
  const Value powers =
      record::record(Op::exp, {record::record(Op::sub, {x, top}, {}, how)}, {}, how);
  Value y = record::record(Op::log, {reduce(Op::sum, powers, dims, true, how)}, {}, how);
  y = narrowed(record::record(Op::add, {y, top}, {}, how), to, how);
  if (keepdim || self->dim() == 0)
    return record::make_tensor(reshaped(y, self->dim() ? y.type().dims : Dims(), how));
  Dims sizes;
  size_t next = 0;
  for (int64_t d = 0; d < self->dim(); ++d)
    if (next < dims.size() && dims[next] == d) ++next;
    else sizes.push_back(self->size(d));
  return record::make_tensor(reshaped(y, sizes, how));
}
Tensor softmax(In self, int64_t dim, optional<ScalarType> dtype) {
  if (Autocast::sums_in_float(casts::softmax, self, dtype)) dtype = kFloat;
  const How how(self.where, "SoftmaxBackward0", "softmax");
  const ScalarType type = softmax_type(self, dtype, how);
  const Input x = input(self, op::computed_in(type), how);
  const Dims dims{wrap_dim(dim, self->dim(), self.where)};
  if (self->numel() == 0) return record::make_tensor(narrowed(x.value, type, how));
  const Value powers = record::record(Op::exp, {shifted(x, dims, how)}, {}, how);
  const Value sum = reduce(Op::sum, powers, dims, true, how);
  return record::make_tensor(narrowed(record::record(Op::div, {powers, sum}, {}, how), type, how));
}
Tensor log_softmax(In self, int64_t dim, optional<ScalarType> dtype) {
  if (Autocast::sums_in_float(casts::log_softmax, self, dtype)) dtype = kFloat;
  const How how(self.where, "LogSoftmaxBackward0", "log_softmax");
  const ScalarType type = softmax_type(self, dtype, how);
  const Input x = input(self, op::computed_in(type), how);
  const Dims dims{wrap_dim(dim, self->dim(), self.where)};
  if (self->numel() == 0) return record::make_tensor(narrowed(x.value, type, how));
  const Value low = shifted(x, dims, how);
  const Value sum = reduce(Op::sum, record::record(Op::exp, {low}, {}, how), dims, true, how);
  const Value log = record::record(Op::log, {sum}, {}, how);
  return record::make_tensor(narrowed(record::record(Op::sub, {low, log}, {}, how), type, how));
}
}  // namespace torch
