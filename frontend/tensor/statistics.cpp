// Quantiles, counts, norms of parts, reductions that leave nans out.
#include <algorithm>
#include <cmath>

#include "frontend/tensor/casting.h"
#include "frontend/tensor/compute_inside.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/order_inside.h"

namespace torch {
using record::Composite;

Tensor nansum(In self, OptionalIntArrayRef dim, bool keepdim, optional<ScalarType> dtype) {
  Composite composite("nansum", "NansumBackward0", self.where);
  require(self, How(self.where, nullptr, "nansum"));
  const Tensor numbers =
      self->is_floating_point() ? self->masked_fill(torch::isnan(self), 0) : self.tensor;
  return numbers.sum(dim, keepdim, dtype);
}
Tensor nansum(In self) { return nansum(self, nullopt, false, nullopt); }
Tensor nanmean(In self, OptionalIntArrayRef dim, bool keepdim, optional<ScalarType> dtype) {
  Composite composite("nanmean", nullptr, self.where);
  require(self, How(self.where, nullptr, "nanmean"));
  if (!self->is_floating_point())
    refuse(self.where, "nanmean",
           "nanmean(): expected input to have floating point or complex dtype but got ",
           c10::toString(self->scalar_type()));
  const Tensor count = torch::logical_not(torch::isnan(self)).sum(dim, keepdim);
  return torch::nansum(self, dim, keepdim, dtype) / count;
}
Tensor nanmean(In self) { return nanmean(self, nullopt, false, nullopt); }

namespace {
// The dims from the last to the first, so that those before keep their numbers.
std::vector<int64_t> falling(const Tensor& t, OptionalIntArrayRef dim, Location where) {
  std::vector<int64_t> dims;
  if (dim)
    for (int64_t d : *dim) dims.push_back(wrap_dim(d, t.dim(), where));
  else
    for (int64_t d = 0; d < t.dim(); ++d) dims.push_back(d);
  std::sort(dims.begin(), dims.end(), [](int64_t a, int64_t b) { return a > b; });
  return dims;
}
template <class One>
Tensor of_each_dim(In self, OptionalIntArrayRef dim, const char* what, const One& one) {
  require(self, How(self.where, nullptr, what));
  Tensor y = self;
  for (int64_t d : falling(self, dim, self.where)) y = one(y, d);
  if (y.is_same(self)) y = self->to(self->scalar_type() == kByte ? kByte : kBool).clone();
  return y;
}
}  // namespace
Tensor any(In self, OptionalIntArrayRef dim, bool keepdim) {
  return of_each_dim(self, dim, "any", [&](const Tensor& t, int64_t d) {
    return torch::any(In(t, self.where), d, keepdim);
  });
}
Tensor all(In self, OptionalIntArrayRef dim, bool keepdim) {
  return of_each_dim(self, dim, "all", [&](const Tensor& t, int64_t d) {
    return torch::all(In(t, self.where), d, keepdim);
  });
}
Tensor count_nonzero(In self, IntArrayRef dim) {
  Composite composite("count_nonzero", nullptr, self.where);
  return (self != 0).sum(dim);
}

Tensor norm(In self, const optional<Scalar>& p, ScalarType dtype) {
  Composite composite("norm", nullptr, self.where);
  return torch::norm(self->to(dtype), p.value_or(Scalar(2)));
}
Tensor norm(In self, const optional<Scalar>& p, IntArrayRef dim, bool keepdim, ScalarType dtype) {
  Composite composite("norm", nullptr, self.where);
  return torch::norm(self->to(dtype), p, dim, keepdim);
}
Tensor dist(In self, const Tensor& other, const Scalar& p) {
  if (const Autocast cast(casts::dist, {self, other}); cast.on())
    return dist(In(cast[0], self.where), cast[1], p);
  Composite composite("dist", "DistBackward0", self.where);
  return torch::norm(self - other, p);
}
Tensor renorm(In self, const Scalar& p, int64_t dim, const Scalar& maxnorm) {
  if (const Autocast cast(casts::renorm, {self}); cast.on())
    return renorm(In(cast[0], self.where), p, dim, maxnorm);
  Composite composite("renorm", "RenormBackward0", self.where);
  require(self, How(self.where, nullptr, "renorm"));
  if (p.toDouble() <= 0) refuse(self.where, "renorm", "non-positive-norm not supported");
  if (maxnorm.toDouble() < 0)
    refuse(self.where, "renorm", "expected maxnorm to be >= 0 but got ", maxnorm);
  if (self->dim() < 2)
    refuse(self.where, "renorm", "input needs at least 2 dimensions, got ", self->dim(),
           " dimensions");
  const int64_t d = wrap_dim(dim, self->dim(), self.where);
  std::vector<int64_t> others;
  for (int64_t i = 0; i < self->dim(); ++i)
    if (i != d) others.push_back(i);
  const Tensor size = self->norm(p, others, true);
  const Tensor factor = torch::where(size > maxnorm, maxnorm / (size + 1e-7), 1.0);
  return (self * factor.to(self->scalar_type())).contiguous();
}
Tensor sum_to_size(In self, IntArrayRef size) {
  Composite composite("sum_to_size", nullptr, self.where);
  require(self, How(self.where, nullptr, "sum_to_size"));
  const int64_t lead = self->dim() - static_cast<int64_t>(size.size());
  std::vector<int64_t> summed;
  bool fits = lead >= 0;
  for (int64_t d = 0; fits && d < self->dim(); ++d) {
    const int64_t wanted = d < lead ? 1 : size[static_cast<size_t>(d - lead)];
    fits &= wanted == self->size(d) || wanted == 1;
    if (wanted != self->size(d) || d < lead) summed.push_back(d);
  }
  if (!fits)
    refuse(self.where, "sum_to_size", "size {", size, "} is not expandable to size {",
           self->sizes(), "}.");
  return summed.empty() ? self.tensor : self->sum(summed, true).view(size);
}
TensorPair aminmax(In self, optional<int64_t> dim, bool keepdim) {
  Composite composite("aminmax", "AminmaxBackward0", self.where);
  require(self, How(self.where, nullptr, "aminmax"));
  if (!dim && self->numel() == 0)
    refuse(self.where, "aminmax",
           "aminmax(): cannot compute aminmax over an empty dimension as the operation has no "
           "identity.");
  const IntArrayRef dims = dim ? IntArrayRef(*dim) : IntArrayRef();
  return {torch::amin(self, dims, keepdim), torch::amax(self, dims, keepdim)};
}
TensorPair aminmax(In self) { return aminmax(self, nullopt, false); }

namespace {
// Places between the elements of a sorted last dim, (..., q), and what stands there.
Tensor at_ranks(const Tensor& sorted, const Tensor& ranks, c10::string_view interpolation) {
  if (interpolation == "nearest") return sorted.gather(-1, ranks.round().to(kLong));
  const Tensor below = ranks.floor().to(kLong), above = ranks.ceil().to(kLong);
  if (interpolation == "lower") return sorted.gather(-1, below);
  if (interpolation == "higher") return sorted.gather(-1, above);
  const Tensor low = sorted.gather(-1, below), high = sorted.gather(-1, above);
  const Tensor weight = interpolation == "midpoint" ? torch::full_like(ranks, 0.5)
                                                    : ranks - below.to(ranks.scalar_type());
  return low.lerp(high, weight);
}

Tensor quantile_of(In self, const Tensor& q, optional<int64_t> dim, bool keepdim,
                   c10::string_view interpolation, bool leave_out, const char* name) {
  Composite composite(name, nullptr, self.where);
  const How how(self.where, nullptr, name);
  require(self, how);
  require(q, how);
  if (self->numel() == 0) refuse(self.where, name, name, "() input tensor must be non-empty");
  if (self->scalar_type() != kFloat && self->scalar_type() != kDouble)
    refuse(self.where, name, name, "() input tensor must be either float or double dtype");
  if (q.dim() > 1) refuse(self.where, name, name, "() q must be a scalar or 1D tensor");
  if (q.scalar_type() != self->scalar_type())
    refuse(self.where, name, name, "() q tensor must be same dtype as the input tensor");
  bool known = false;
  for (const char* way : {"linear", "lower", "higher", "midpoint", "nearest"})
    known |= interpolation == way;
  if (!known)
    refuse(self.where, name, name,
           "() interpolation must be one of linear, lower, higher, midpoint or nearest, but got ",
           interpolation);
  const int64_t rank = self->dim(), d = dim ? wrap_dim(*dim, rank, self.where) : 0;
  Tensor x = dim && rank ? self->movedim(d, -1) : self->reshape(-1);
  const Tensor sorted = std::get<0>(x.sort(-1));
  const int64_t n = sorted.size(-1);
  const Tensor chances = q.reshape(-1), nans = torch::isnan(sorted).to(kLong).sum(-1, true);
  Tensor ranks;
  if (leave_out) {
    ranks = (chances * (n - 1 - nans).to(q.scalar_type())).clamp_min(0);
  } else {
    std::vector<int64_t> sizes = sorted.sizes().vec();
    sizes.back() = chances.size(0);
    // a nan stands last
    ranks = torch::where(nans > 0, static_cast<double>(n - 1), (chances * (n - 1)).expand(sizes))
                .to(q.scalar_type());
  }
  Tensor y = at_ranks(sorted, ranks, interpolation).movedim(-1, 0);
  if (keepdim) {
    if (dim && rank) y = y.unsqueeze(d + 1);
    else
      while (y.dim() <= rank) y = y.unsqueeze(-1);
  }
  return q.dim() ? y : y.squeeze(0);
}
}  // namespace
namespace {
// Read here, as libtorch does: there are few of them.
void check_chances(const Tensor& q, const char* name, Location where) {
  if (!q.defined() || !q.is_floating_point()) return;  // quantile_of says so
  const record::Call call(where);
  if (!((q >= 0) & (q <= 1)).all().item<bool>())
    refuse(where, name, name, "() q values must be in the range [0, 1]");
}
}  // namespace

#define WEFT_QUANTILE(f, leave_out)                                                  \
  Tensor f(In self, const Tensor& q, optional<int64_t> dim, bool keepdim,            \
           c10::string_view interpolation) {                                         \
    if (const Autocast cast(casts::f, {self, q}); cast.on())                         \
      return f(In(cast[0], self.where), cast[1], dim, keepdim, interpolation);       \
    check_chances(q, #f, self.where);                                                \
    return quantile_of(self, q, dim, keepdim, interpolation, leave_out, #f);         \
  }                                                                                  \
  Tensor f(In self, double q, optional<int64_t> dim, bool keepdim,                   \
           c10::string_view interpolation) {                                         \
    if (const Autocast cast(casts::f, {self}); cast.on())                            \
      return f(In(cast[0], self.where), q, dim, keepdim, interpolation);             \
    require(self, How(self.where, nullptr, #f));                                     \
    if (!(q >= 0 && q <= 1))                                                         \
      refuse(self.where, #f, #f "() q must be in the range [0, 1] but got ", q);     \
    return quantile_of(self, torch::scalar_tensor(q, self->options()), dim, keepdim, \
                       interpolation, leave_out, #f);                                \
  }
WEFT_QUANTILE(quantile, false)
WEFT_QUANTILE(nanquantile, true)
#undef WEFT_QUANTILE

// What lies outside, or is nan, is counted behind the last part and cut off.
Tensor histc(In self, int64_t bins, const Scalar& min, const Scalar& max) {
  Composite composite("histc", nullptr, self.where);
  require(self, How(self.where, nullptr, "histc"));
  if (!self->is_floating_point())
    refuse<c10::NotImplementedError>(self.where, "histc", "\"histogram_cpu\" not implemented for '",
                                     c10::toString(self->scalar_type()), "'");
  if (bins <= 0) refuse(self.where, "histc", "bins must be > 0");
  const double from = min.toDouble(), to = max.toDouble();
  if (!std::isfinite(from) || !std::isfinite(to))
    refuse(self.where, "histc", "range of [", from, ", ", to, "] is not finite");
  if (from > to) refuse(self.where, "histc", "max must be larger than min");
  const Tensor x = self->detach().reshape(-1);
  const TensorOptions like = x.options();
  Tensor low = torch::scalar_tensor(from, like), high = torch::scalar_tensor(to, like);
  if (from == to && x.numel()) {
    low = x.min(), high = x.max();
    const double first = low.item<double>(), last = high.item<double>();
    if (!std::isfinite(first) || !std::isfinite(last))
      refuse(self.where, "histc", "range of [", first, ", ", last, "] is not finite");
  }
  const Tensor equal = low == high;
  low = torch::where(equal, low - 1, low);
  high = torch::where(equal, high + 1, high);
  const Tensor inside = (x >= low) & (x <= high);
  Tensor part = ((x - low) * (bins / (high - low))).masked_fill(torch::logical_not(inside), bins);
  part = torch::where(inside, part.to(kLong).clamp(0, bins - 1), bins);
  return torch::zeros({bins + 1}, like).index_add(0, part, torch::ones_like(x)).narrow(0, 0, bins);
}
Tensor histc(In self) { return histc(self, 100); }

Tensor bincount(In self, const optional<Tensor>& weights, int64_t minlength) {
  Composite composite("bincount", nullptr, self.where);
  require(self, How(self.where, nullptr, "bincount"));
  if (minlength < 0) refuse(self.where, "bincount", "minlength should be >= 0");
  const bool any = self->numel() != 0;
  const bool weighted = weights && weights->defined();
  if (self->dim() != 1 || !isIntegralType(self->scalar_type(), false) ||
      (any && self->min().item<int64_t>(self.where) < 0))
    refuse(self.where, "bincount", "bincount only supports 1-d non-negative integral inputs.");
  if (weighted && weights->sizes() != self->sizes())
    refuse(self.where, "bincount", "weights should be 1-d and have the same length as input");
  const int64_t count =
      std::max(minlength, any ? self->max().item<int64_t>(self.where) + 1 : int64_t(0));
  const Tensor each = !weighted                          ? torch::ones(self->sizes(), self->options().dtype(kLong))
                      : weights->scalar_type() == kFloat ? weights->detach()
                                                         : weights->detach().to(kDouble);
  return torch::zeros({count}, each.options()).index_add(0, self->to(kLong), each);
}
Tensor bincount(In self) { return bincount(self, nullopt); }
}  // namespace torch
