// Sums, means, extremes and what is made of them.
#include <algorithm>
#include <cmath>
#include <limits>

#include "frontend/record/scope.h"
#include "frontend/tensor/casting.h"
#include "frontend/tensor/reductions_inside.h"
#include "frontend/tensor/operators.h"

namespace torch {
Dims reduced_dims(IntArrayRef dims, int64_t rank, const How& how) {
  Dims sorted;
  if (dims.empty()) {
    for (int64_t d = 0; d < rank; ++d) sorted.push_back(d);
    return sorted;
  }
  std::vector<bool> seen(static_cast<size_t>(rank ? rank : 1));
  for (int64_t d : dims) {
    const int64_t wrapped = wrap_dim(d, rank, how.where);
    if (seen[static_cast<size_t>(wrapped)])
      refuse(how.where, how.what, "dim ", wrapped, " appears multiple times in the list of dims");
    seen[static_cast<size_t>(wrapped)] = true;
  }
  for (int64_t d = 0; d < rank; ++d)
    if (seen[static_cast<size_t>(d)]) sorted.push_back(d);
  return sorted;
}

Value reshaped(const Value& v, Span<int64_t> sizes, const How& how) {
  return v.type().dims == Dims(sizes)
             ? v
             : record::record(Op::reshape, {v}, op::attrs::reshape::pack(sizes), how);
}

namespace {
// With size 1 where it was reduced.
Value kept(const Value& v, Span<int64_t> sizes, Span<int64_t> dims, const How& how) {
  Dims with(sizes);
  for (int64_t d : dims) with[d] = 1;
  return reshaped(v, with, how);
}
}  // namespace
Value reduce(Op op, const Operand& x, Span<int64_t> dims, bool keepdim, const How& how) {
  const Dims sizes = x.node->type().dims;
  // Of a single element: the element itself, but still an op (a sum has a name of its own).
  Value in(x.node);
  Operand from = x;
  Dims over(dims);
  if (sizes.empty()) {
    in = record::record(Op::reshape, {x}, op::attrs::reshape::pack(Dims{1}), how);
    from = Operand(in);
    over = Dims{0};
  }
  Value y = record::record(op, {from}, op::attrs::sum::pack(over), how);
  return keepdim ? kept(y, sizes, dims, how) : y;
}

namespace {

enum class To { same, sum, floating };
ScalarType accumulate_type(ScalarType type, To to, const optional<ScalarType>& asked) {
  if (asked) return *asked;
  return to == To::sum && isIntegralType(type, true) ? kLong : type;
}

Tensor reduction(Op op, To to, const Tensor& self, OptionalIntArrayRef dim, bool keepdim,
                 optional<ScalarType> dtype, const How& how) {
  require(self, how);
  const ScalarType type = accumulate_type(self.scalar_type(), to, dtype);
  if (to == To::floating && !isFloatingType(type))
    refuse(how.where, how.what,
           dtype ? "mean(): could not infer output dtype. Optional dtype must be either a floating "
                   "point or complex dtype. Got: "
                 : "mean(): could not infer output dtype. Input dtype must be either a floating "
                   "point or complex dtype. Got: ",
           c10::toString(type));
  const Dims dims = reduced_dims(dim ? *dim : IntArrayRef(), self.dim(), how);
  return record::make_tensor(reduce(op, input(self, type, how), dims, keepdim, how));
}

void not_empty(const Tensor& self, const How& how) {
  require(self, how);
  if (self.numel() == 0)
    refuse(how.where, how.what,
           "Expected reduction dim to be specified for input.numel() == 0. Specify the reduction "
           "dim with the 'dim' "
           "argument.");
}

// Bools are compared as bytes.
Input comparable(const Tensor& self, const How& how) {
  return self.scalar_type() == kBool ? input(self, kByte, how) : input(self, how);
}

Tensor extreme(Op op, In self, const How& how) {
  not_empty(self, how);
  const Dims dims = reduced_dims({}, self->dim(), how);
  Value v = reduce(op, comparable(self, how), dims, false, how);
  return record::make_tensor(cast(v, self->scalar_type(), how));
}

Tensor extreme_over(Op op, In self, IntArrayRef dim, bool keepdim, const How& how) {
  require(self, how);
  if (self->numel() == 0 && dim.empty()) not_empty(self, how);
  const Dims dims = reduced_dims(dim, self->dim(), how);
  Value v = reduce(op, comparable(self, how), dims, keepdim, how);
  return record::make_tensor(cast(v, self->scalar_type(), how));
}

Value index_of_extreme(Op op, const Operand& x, int64_t dim, bool keepdim, const How& how) {
  const Dims sizes = x.node->type().dims;
  if (sizes.empty()) {
    Value row = record::record(Op::reshape, {x}, op::attrs::reshape::pack(Dims{1}), how);
    return record::record(op, {row}, op::attrs::argmax::pack(0), how);
  }
  Value index = record::record(op, {x}, op::attrs::argmax::pack(dim), how);
  return keepdim ? kept(index, sizes, Dims{dim}, how) : index;
}

// The values are gathered at the indices, so that the gradient goes to the one element that was
// taken.
std::tuple<Tensor, Tensor> extreme_with_index(Op op, In self, int64_t dim, bool keepdim,
                                              const How& how) {
  require(self, how);
  const int64_t d = wrap_dim(dim, self->dim(), how.where);
  if (self->dim() && self->size(d) == 0)
    refuse<c10::IndexError>(how.where, how.what, "Expected reduction dim ", d,
                            " to have non-zero size.");
  if (self->dim() == 0) {
    const Value index = index_of_extreme(op, comparable(self, how), 0, false, how);
    const Value same =
        record::record(Op::reshape, {input(self, how)}, op::attrs::reshape::pack(Dims{}), how);
    return {record::make_tensor(same), record::make_tensor(index)};
  }
  const Input x = input(self, how);
  const Value index = index_of_extreme(op, comparable(self, how), d, true, how);
  Value values = record::record(Op::gather, {x, index}, op::attrs::gather::pack(d), how);
  Value at = index;
  if (!keepdim) {
    Dims sizes = values.type().dims;
    sizes.erase(static_cast<size_t>(d));
    values = reshaped(values, sizes, how);
    at = reshaped(at, sizes, how);
  }
  return {record::make_tensor(values), record::make_tensor(at)};
}

Tensor index_only(Op op, In self, optional<int64_t> dim, bool keepdim, const How& how) {
  require(self, how);
  if (self->scalar_type() == kBool)
    refuse<c10::NotImplementedError>(how.where, how.what, how.what,
                                     "(): does not support bool input");
  if (dim) {
    const int64_t d = wrap_dim(*dim, self->dim(), how.where);
    if (self->dim() && self->size(d) == 0)
      refuse<c10::IndexError>(how.where, how.what, "Expected reduction dim ", d,
                              " to have non-zero size.");
    return record::make_tensor(index_of_extreme(op, comparable(self, how), d, keepdim, how));
  }
  not_empty(self, how);
  const Value flat = reshaped(comparable(self, how).value, Dims{self->numel()}, how);
  Value index = record::record(op, {flat}, op::attrs::argmax::pack(0), how);
  if (keepdim) index = reshaped(index, Dims(static_cast<size_t>(self->dim()), 1), how);
  return record::make_tensor(index);
}

Tensor truth(Op op, In self, IntArrayRef dim, bool keepdim, const How& how) {
  const Value x = cast(value_of(self, how), kBool, how);
  Value y = reduce(op, x, reduced_dims(dim, self->dim(), how), keepdim, how);
  return record::make_tensor(self->scalar_type() == kByte ? cast(y, kByte, how) : y);
}

// The squared differences from the mean, summed, over n - correction. Of f16 and bf16 in f32: the
// caller narrows.
std::tuple<Value, Value> variance(const Tensor& self, OptionalIntArrayRef dim, double correction,
                                  bool keepdim, const How& how) {
  require(self, how);
  if (!isFloatingType(self.scalar_type()))
    refuse(how.where, how.what, "std and var only support floating point and complex dtypes");
  const Input x = input(self, op::computed_in(self.scalar_type()), how);
  const Dims dims = reduced_dims(dim ? *dim : IntArrayRef(), self.dim(), how);
  double count = 1;
  for (int64_t d : dims) count *= static_cast<double>(record::impl(self)->sizes[d]);
  const Value mean = reduce(Op::mean, x, dims, true, how);
  const Value difference = record::record(Op::sub, {x, mean}, {}, how);
  const Value squares = record::record(Op::square, {difference}, {}, how);
  const Value sum = reduce(Op::sum, squares, dims, keepdim, how);
  const double degrees = std::max(count - correction, 0.0);
  const Value var =
      record::record(Op::div, {sum, number(degrees, x.value.type().dtype, how.where)}, {}, how);
  Value shown = mean;
  if (!keepdim) shown = reshaped(mean, var.type().dims, how);
  return {var, shown};
}
double correction_of(const optional<Scalar>& c) { return c ? c->toDouble() : 1; }
Tensor as_it_is(const Value& v, In self, const How& how) {
  return record::make_tensor(narrowed(v, self->scalar_type(), how));
}
Tensor root(const Value& v, In self, const How& how) {
  return as_it_is(record::record(Op::sqrt, {v}, {}, how), self, how);
}

// A root of `sum`; where that is 0 the gradient is, too.
template <class Root>
Value root_of_sum(const Value& sum, ScalarType type, const How& how, const Root& root) {
  const Value zero = number(0, type, how.where), one = number(1, type, how.where);
  const Value none = record::record(Op::eq, {sum, zero}, {}, how);
  const Value some = root(record::record(Op::select, {none, one, sum}, {}, how));
  return record::record(Op::select, {none, zero, some}, {}, how);
}

Value p_norm(const Tensor& self, double p, Span<int64_t> dims, bool keepdim, const How& how) {
  const ScalarType type = op::computed_in(self.scalar_type());
  const Input x = input(self, type, how);
  auto unary = [&](Op op, const Operand& v) { return record::record(op, {v}, {}, how); };
  if (p == 2) {
    const Value sum = reduce(Op::sum, unary(Op::square, x), dims, keepdim, how);
    return root_of_sum(sum, type, how, [&](const Value& v) { return unary(Op::sqrt, v); });
  }
  const Value size = unary(Op::abs, x);
  if (p == 1) return reduce(Op::sum, size, dims, keepdim, how);
  if (std::isinf(p)) return reduce(p > 0 ? Op::max : Op::min, size, dims, keepdim, how);
  if (p == 0) {
    // A count has a gradient, which is zero; nan counts.
    const Value one = number(1, type, how.where), nan = unary(Op::isnan, x);
    const Value there = unary(Op::square, unary(Op::sign, x));
    return reduce(Op::sum, record::record(Op::select, {nan, one, there}, {}, how), dims, keepdim,
                  how);
  }
  const Value powers = record::record(Op::pow, {size, number(p, type, how.where)}, {}, how);
  const Value sum = reduce(Op::sum, powers, dims, keepdim, how);
  if (p < 0)  // a zero makes the sum infinite
    return record::record(Op::pow, {sum, number(1 / p, type, how.where)}, {}, how);
  return root_of_sum(sum, type, how, [&](const Value& v) {
    return record::record(Op::pow, {v, number(1 / p, type, how.where)}, {}, how);
  });
}

Tensor norm_of(In self, const Scalar& p, IntArrayRef dim, bool keepdim, const char* label) {
  const How how(self.where, label, "norm");
  require(self, how);
  if (!isFloatingType(self->scalar_type()))
    refuse(how.where, "norm",
           "linalg.vector_norm: Expected a floating point or complex tensor as input. Got ",
           c10::toString(self->scalar_type()));
  return as_it_is(p_norm(self, p.toDouble(), reduced_dims(dim, self->dim(), how), keepdim, how),
                  self, how);
}
}  // namespace

Tensor sum(In self, optional<ScalarType> dtype) {
  if (Autocast::sums_in_float(casts::sum, self, dtype)) dtype = kFloat;
  return reduction(Op::sum, To::sum, self, nullopt, false, dtype, How(self.where, nullptr, "sum"));
}
Tensor sum(In self, OptionalIntArrayRef dim, bool keepdim, optional<ScalarType> dtype) {
  if (Autocast::sums_in_float(casts::sum, self, dtype)) dtype = kFloat;
  return reduction(Op::sum, To::sum, self, dim, keepdim, dtype,
                   How(self.where, "SumBackward1", "sum"));
}
Tensor mean(In self, optional<ScalarType> dtype) {
  return reduction(Op::mean, To::floating, self, nullopt, false, dtype,
                   How(self.where, nullptr, "mean"));
}
Tensor mean(In self, OptionalIntArrayRef dim, bool keepdim, optional<ScalarType> dtype) {
  return reduction(Op::mean, To::floating, self, dim, keepdim, dtype,
                   How(self.where, "MeanBackward1", "mean"));
}
Tensor prod(In self, optional<ScalarType> dtype) {
  if (Autocast::sums_in_float(casts::prod, self, dtype)) dtype = kFloat;
  return reduction(Op::prod, To::sum, self, nullopt, false, dtype,
                   How(self.where, nullptr, "prod"));
}
Tensor prod(In self, int64_t dim, bool keepdim, optional<ScalarType> dtype) {
  if (Autocast::sums_in_float(casts::prod, self, dtype)) dtype = kFloat;
  return reduction(Op::prod, To::sum, self, dim, keepdim, dtype,
                   How(self.where, "ProdBackward1", "prod"));
}
Tensor max(In self) { return extreme(Op::max, self, How(self.where, "MaxBackward1", "max")); }
Tensor min(In self) { return extreme(Op::min, self, How(self.where, "MinBackward1", "min")); }
std::tuple<Tensor, Tensor> max(In self, int64_t dim, bool keepdim) {
  return extreme_with_index(Op::argmax, self, dim, keepdim, How(self.where, "MaxBackward0", "max"));
}
std::tuple<Tensor, Tensor> min(In self, int64_t dim, bool keepdim) {
  return extreme_with_index(Op::argmin, self, dim, keepdim, How(self.where, "MinBackward0", "min"));
}
Tensor amax(In self, IntArrayRef dim, bool keepdim) {
  return extreme_over(Op::max, self, dim, keepdim, How(self.where, "AmaxBackward0", "amax"));
}
Tensor amin(In self, IntArrayRef dim, bool keepdim) {
  return extreme_over(Op::min, self, dim, keepdim, How(self.where, "AminBackward0", "amin"));
}
Tensor argmax(In self, optional<int64_t> dim, bool keepdim) {
  return index_only(Op::argmax, self, dim, keepdim, How(self.where, nullptr, "argmax"));
}
Tensor argmin(In self, optional<int64_t> dim, bool keepdim) {
  return index_only(Op::argmin, self, dim, keepdim, How(self.where, nullptr, "argmin"));
}
Tensor any(In self) { return truth(Op::any, self, {}, false, How(self.where, nullptr, "any")); }
Tensor any(In self, int64_t dim, bool keepdim) {
  return truth(Op::any, self, dim, keepdim, How(self.where, nullptr, "any"));
}
Tensor all(In self) { return truth(Op::all, self, {}, false, How(self.where, nullptr, "all")); }
Tensor all(In self, int64_t dim, bool keepdim) {
  return truth(Op::all, self, dim, keepdim, How(self.where, nullptr, "all"));
}

#define WEFT_SPREAD(f, label, shown)                                                        \
  Tensor f(In self, OptionalIntArrayRef dim, const optional<Scalar>& c, bool keepdim) {     \
    const How how(self.where, label, #f);                                                   \
    return shown(std::get<0>(variance(self, dim, correction_of(c), keepdim, how)), self,    \
                 how);                                                                      \
  }                                                                                         \
  Tensor f(In self, OptionalIntArrayRef dim, bool unbiased, bool keepdim) {                 \
    return torch::f(self, dim, optional<Scalar>(unbiased ? 1 : 0), keepdim);                \
  }                                                                                         \
  Tensor f(In self, bool unbiased) {                                                        \
    return torch::f(self, nullopt, optional<Scalar>(unbiased ? 1 : 0), false);              \
  }
WEFT_SPREAD(var, "VarBackward0", as_it_is)
WEFT_SPREAD(std, "StdBackward0", root)
#undef WEFT_SPREAD
#define WEFT_MOMENTS(f, label, spread)                                                         \
  TensorPair f(In self, OptionalIntArrayRef dim, const optional<Scalar>& c, bool keepdim) {    \
    const How how(self.where, label, #f);                                                      \
    auto [v, m] = variance(self, dim, correction_of(c), keepdim, how);                         \
    return {spread(v, self, how), as_it_is(m, self, how)};                                     \
  }                                                                                            \
  TensorPair f(In self, OptionalIntArrayRef dim, bool unbiased, bool keepdim) {                \
    return f(self, dim, optional<Scalar>(unbiased ? 1 : 0), keepdim);                          \
  }                                                                                            \
  TensorPair f(In self, bool unbiased) {                                                       \
    return f(self, nullopt, optional<Scalar>(unbiased ? 1 : 0), false);                        \
  }
WEFT_MOMENTS(var_mean, "VarMeanBackward0", as_it_is)
WEFT_MOMENTS(std_mean, "StdMeanBackward0", root)
#undef WEFT_MOMENTS

Tensor norm(In self, const Scalar& p) {
  if (const Autocast cast(casts::norm, {self}); cast.on())
    return norm(In(cast[0], self.where), p);
  return norm_of(self, p, {}, false, "NormBackward0");
}
Tensor norm(In self, const optional<Scalar>& p, IntArrayRef dim, bool keepdim) {
  if (const Autocast cast(casts::norm, {self}); cast.on())
    return norm(In(cast[0], self.where), p, dim, keepdim);
  return norm_of(self, p.value_or(Scalar(2)), dim, keepdim, "NormBackward1");
}
Tensor count_nonzero(In self, optional<int64_t> dim) {
  const How how(self.where, nullptr, "count_nonzero");
  const Value there = cast(cast(value_of(self, how), kBool, how), kLong, how);
  const Dims dims = reduced_dims(dim ? IntArrayRef(*dim) : IntArrayRef(), self->dim(), how);
  return record::make_tensor(reduce(Op::sum, there, dims, false, how));
}
}  // namespace torch
