// Members that are their free functions.
#include "frontend/autograd/grad_mode.h"
#include "frontend/tensor/compute_inside.h"
#include "frontend/tensor/operators.h"

namespace torch {
#define WEFT_SELF In(*this, where)
Tensor Tensor::sum(optional<ScalarType> dtype, Location where) const {
  return torch::sum(WEFT_SELF, dtype);
}
Tensor Tensor::sum(OptionalIntArrayRef dim, bool keepdim, optional<ScalarType> dtype,
                   Location where) const {
  return torch::sum(WEFT_SELF, dim, keepdim, dtype);
}
Tensor Tensor::mean(optional<ScalarType> dtype, Location where) const {
  return torch::mean(WEFT_SELF, dtype);
}
Tensor Tensor::mean(OptionalIntArrayRef dim, bool keepdim, optional<ScalarType> dtype,
                    Location where) const {
  return torch::mean(WEFT_SELF, dim, keepdim, dtype);
}
Tensor Tensor::prod(optional<ScalarType> dtype, Location where) const {
  return torch::prod(WEFT_SELF, dtype);
}
Tensor Tensor::prod(int64_t dim, bool keepdim, optional<ScalarType> dtype, Location where) const {
  return torch::prod(WEFT_SELF, dim, keepdim, dtype);
}
#define WEFT_EXTREME(f)                                                                   \
  Tensor Tensor::f(Location where) const { return torch::f(WEFT_SELF); }                  \
  Tensor Tensor::f(const Tensor& other, Location where) const {                           \
    return torch::f(WEFT_SELF, other);                                                    \
  }                                                                                       \
  std::tuple<Tensor, Tensor> Tensor::f(int64_t dim, bool keepdim, Location where) const { \
    return torch::f(WEFT_SELF, dim, keepdim);                                             \
  }                                                                                       \
  Tensor Tensor::a##f(IntArrayRef dim, bool keepdim, Location where) const {              \
    return torch::a##f(WEFT_SELF, dim, keepdim);                                          \
  }                                                                                       \
  Tensor Tensor::arg##f(optional<int64_t> dim, bool keepdim, Location where) const {      \
    return torch::arg##f(WEFT_SELF, dim, keepdim);                                        \
  }
WEFT_EXTREME(max)
WEFT_EXTREME(min)
#undef WEFT_EXTREME
#define WEFT_TRUTH(f)                                                    \
  Tensor Tensor::f(Location where) const { return torch::f(WEFT_SELF); } \
  Tensor Tensor::f(int64_t dim, bool keepdim, Location where) const {    \
    return torch::f(WEFT_SELF, dim, keepdim);                            \
  }
WEFT_TRUTH(any)
WEFT_TRUTH(all)
#undef WEFT_TRUTH
#define WEFT_SPREAD(f)                                                                            \
  Tensor Tensor::f(bool unbiased, Location where) const { return torch::f(WEFT_SELF, unbiased); } \
  Tensor Tensor::f(OptionalIntArrayRef dim, bool unbiased, bool keepdim, Location where) const {  \
    return torch::f(WEFT_SELF, dim, unbiased, keepdim);                                           \
  }                                                                                               \
  Tensor Tensor::f(OptionalIntArrayRef dim, const optional<Scalar>& correction, bool keepdim,     \
                   Location where) const {                                                        \
    return torch::f(WEFT_SELF, dim, correction, keepdim);                                         \
  }
WEFT_SPREAD(var)
WEFT_SPREAD(std)
#undef WEFT_SPREAD
Tensor Tensor::norm(const Scalar& p, Location where) const { return torch::norm(WEFT_SELF, p); }
Tensor Tensor::norm(const optional<Scalar>& p, IntArrayRef dim, bool keepdim,
                    Location where) const {
  return torch::norm(WEFT_SELF, p, dim, keepdim);
}
Tensor Tensor::logsumexp(IntArrayRef dim, bool keepdim, Location where) const {
  return torch::logsumexp(WEFT_SELF, dim, keepdim);
}
Tensor Tensor::count_nonzero(optional<int64_t> dim, Location where) const {
  return torch::count_nonzero(WEFT_SELF, dim);
}
Tensor Tensor::softmax(int64_t dim, optional<ScalarType> dtype, Location where) const {
  return torch::softmax(WEFT_SELF, dim, dtype);
}
Tensor Tensor::log_softmax(int64_t dim, optional<ScalarType> dtype, Location where) const {
  return torch::log_softmax(WEFT_SELF, dim, dtype);
}

// Comparisons that look.
Tensor isclose(In self, const Tensor& other, double rtol, double atol, bool equal_nan) {
  if (self->scalar_type() != other.scalar_type())
    refuse(self.where, "isclose", self->dtype().name(), " did not match ", other.dtype().name());
  if (!(rtol >= 0))
    refuse(self.where, "isclose", "rtol must be greater than or equal to zero, but got ", rtol);
  if (!(atol >= 0))
    refuse(self.where, "isclose", "atol must be greater than or equal to zero, but got ", atol);
  NoGradGuard no_grad;
  const Location where = self.where;
  Tensor close = self->eq(other, where);
  if (!isFloatingType(self->scalar_type())) {
    if (rtol == 0 && atol == 0) return close;
    const Tensor a = self->to(kDouble, false, false, nullopt, where),
                 b = other.to(kDouble, false, false, nullopt, where);
    return close.bitwise_or(
        a.sub(b, 1, where).abs(where).le(b.abs(where).mul(rtol, where).add(atol, 1, where), where),
        where);
  }
  if (equal_nan)
    close = close.bitwise_or(torch::isnan(self).bitwise_and(other.isnan(where), where), where);
  const Tensor allowed = other.mul(rtol, where).abs(where).add(atol, 1, where);
  const Tensor difference = self->sub(other, 1, where).abs(where);
  return close.bitwise_or(
      difference.isfinite(where).bitwise_and(difference.le(allowed, where), where), where);
}
bool allclose(In self, const Tensor& other, double rtol, double atol, bool equal_nan) {
  return isclose(self, other, rtol, atol, equal_nan).all(self.where).item<bool>(self.where);
}
bool equal(In self, const Tensor& other) {
  if (self->scalar_type() != other.scalar_type() || self->sizes() != other.sizes()) return false;
  NoGradGuard no_grad;
  return self->eq(other, self.where).all(self.where).item<bool>(self.where);
}
Tensor Tensor::isclose(const Tensor& other, double rtol, double atol, bool equal_nan,
                       Location where) const {
  return torch::isclose(WEFT_SELF, other, rtol, atol, equal_nan);
}
bool Tensor::allclose(const Tensor& other, double rtol, double atol, bool equal_nan,
                      Location where) const {
  return torch::allclose(WEFT_SELF, other, rtol, atol, equal_nan);
}
bool Tensor::equal(const Tensor& other, Location where) const {
  return torch::equal(WEFT_SELF, other);
}
#undef WEFT_SELF
}  // namespace torch
