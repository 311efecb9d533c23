// Running reductions along a dim: a weft.scan whose body treats every element for itself.
#include <limits>

#include "frontend/record/scan.h"
#include "frontend/tensor/casting.h"
#include "frontend/tensor/compute_inside.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/operators.h"

namespace torch {
using record::Composite;
namespace {

// With the steps in front, and back in the order of the dims.
Tensor in_front(const Tensor& x, int64_t dim) { return x.movedim(dim, 0); }
Tensor put_back(const Tensor& steps, int64_t dim, const How& how) {
  if (dim == 0) return steps;
  Dims order(static_cast<size_t>(steps.dim()), 0);
  for (int64_t d = 0; d < steps.dim(); ++d) order[d] = d < dim ? d + 1 : d == dim ? 0 : d;
  return record::make_tensor(
      record::record(Op::permute, {value_of(steps, how)}, op::attrs::permute::pack(order), how));
}

// Sums and products of f32 are carried in f64, as libtorch does.
ScalarType carried_in(ScalarType type) {
  return type == kFloat ? kDouble : type == kHalf || type == kBFloat16 ? kFloat : type;
}

template <class Step> Tensor running(const Tensor& steps, double identity, const Step& step) {
  const ScalarType type = steps.scalar_type(), carried = carried_in(type);
  const Tensor start = torch::full(steps.sizes().slice(1), identity, steps.options().dtype(carried));
  return record::scan({start}, {steps}, false,
                      [&](const std::vector<Tensor>& state, const std::vector<Tensor>& x) {
                        const Tensor next = step(state[0], x[0].to(carried));
                        return record::Scanned{{next}, {next.to(type)}};
                      })
      .outputs[0];
}

enum class Reads { nothing, operand };
template <class Step>
Tensor running_of(In self, int64_t dim, optional<ScalarType> dtype, double identity, Reads reads,
                  const char* name, const char* label, const Step& step) {
  record::Composite composite(name, label, self.where);
  const How how(self.where, label, name);
  require(self, how);
  const int64_t d = wrap_dim(dim, self->dim(), self.where);
  const bool integral = isIntegralType(self->scalar_type(), true);
  const Tensor x = self->to(dtype ? *dtype : integral ? kLong : self->scalar_type());
  if (self->dim() == 0 || self->numel() == 0) return x.clone();
  Tensor steps = in_front(x, d);
  // What the gradient does not read may change: a tensor of its own has its own versions.
  if (reads == Reads::nothing) steps = record::make_tensor(value_of(steps, how));
  return put_back(running(steps, identity, step), d, how);
}

// The value so far and where it stood; an equal one later takes over, nan stays.
template <class Better>
TensorPair running_extreme(In self, int64_t dim, const char* name, const char* label,
                           const Better& better) {
  record::Composite composite(name, label, self.where);
  const How how(self.where, label, name);
  require(self, how);
  const int64_t d = wrap_dim(dim, self->dim(), self.where);
  if (self->dim() == 0 || self->numel() == 0)
    return {self->clone(), torch::zeros(self->sizes(), self->options().dtype(kLong))};
  const Tensor x = self->detach();
  const Tensor steps = in_front(x.scalar_type() == kBool ? x.to(kByte) : x, d);
  const bool floats = steps.is_floating_point();
  const Tensor none = torch::zeros(steps.sizes().slice(1), steps.options().dtype(kLong));
  const Tensor places =
      record::scan({torch::zeros(none.sizes(), steps.options()), none, none}, {steps}, false,
                   [&](const std::vector<Tensor>& state, const std::vector<Tensor>& slice) {
                     const Tensor &best = state[0], &at = state[1], &here = state[2];
                     Tensor take = better(slice[0], best);
                     if (floats) {
                       const Tensor is_nan = torch::isnan(slice[0]);
                       take = is_nan | (take & torch::logical_not(torch::isnan(best)));
                     }
                     take = take | (here == 0);
                     const Tensor next = torch::where(take, here, at);
                     return record::Scanned{{torch::where(take, slice[0], best), next, here + 1},
                                            {next}};
                   })
          .outputs[0];
  const Tensor index = put_back(places, d, How(self.where, nullptr, name));
  return {self->gather(d, index), index};
}
}  // namespace

Tensor cumsum(In self, int64_t dim, optional<ScalarType> dtype) {
  if (Autocast::sums_in_float(casts::cumsum, self, dtype)) dtype = kFloat;
  return running_of(self, dim, dtype, 0, Reads::nothing, "cumsum", "CumsumBackward0",
                    [](const Tensor& sum, const Tensor& x) { return sum + x; });
}
Tensor cumprod(In self, int64_t dim, optional<ScalarType> dtype) {
  if (Autocast::sums_in_float(casts::cumprod, self, dtype)) dtype = kFloat;
  return running_of(self, dim, dtype, 1, Reads::operand, "cumprod", "CumprodBackward0",
                    [](const Tensor& product, const Tensor& x) { return product * x; });
}
Tensor logcumsumexp(In self, int64_t dim) {
  require(self, How(self.where, nullptr, "logcumsumexp"));
  if (!self->is_floating_point())
    refuse(self.where, "logcumsumexp", "\"logcumsumexp_out_cpu\" not implemented for '",
           c10::toString(self->scalar_type()), "'");
  return running_of(self, dim, nullopt, -std::numeric_limits<double>::infinity(), Reads::operand,
                    "logcumsumexp", "LogcumsumexpBackward0",
                    [](const Tensor& sum, const Tensor& x) {
                      // Nothing before the first: logaddexp of an infinity has no second derivative.
                      const Tensor first = torch::isinf(sum);
                      return torch::where(
                          first, torch::maximum(sum, x),
                          torch::logaddexp(torch::where(first, x, sum), x));
                    });
}
TensorPair cummax(In self, int64_t dim) {
  return running_extreme(self, dim, "cummax", "CummaxBackward0",
                         [](const Tensor& x, const Tensor& best) { return x >= best; });
}
TensorPair cummin(In self, int64_t dim) {
  return running_extreme(self, dim, "cummin", "CumminBackward0",
                         [](const Tensor& x, const Tensor& best) { return x <= best; });
}

Tensor diff(In self, int64_t n, int64_t dim, const optional<Tensor>& prepend,
            const optional<Tensor>& append) {
  Composite composite("diff", nullptr, self.where);
  require(self, How(self.where, nullptr, "diff"));
  if (self->dim() == 0)
    refuse(self.where, "diff", "diff expects input to be at least one-dimensional");
  if (n < 0) refuse(self.where, "diff", "order must be non-negative but got ", n);
  const int64_t d = wrap_dim(dim, self->dim(), self.where);
  std::vector<Tensor> parts;
  if (prepend && prepend->defined()) parts.push_back(*prepend);
  parts.push_back(self);
  if (append && append->defined()) parts.push_back(*append);
  Tensor x = parts.size() == 1 ? self.tensor : torch::cat(parts, d);
  if (n == 0) return x.clone();
  for (int64_t i = 0; i < n; ++i) {
    const int64_t left = std::max<int64_t>(x.size(d) - 1, 0), from = x.size(d) ? 1 : 0;
    const Tensor after = x.narrow(d, from, left), before = x.narrow(d, 0, left);
    x = x.scalar_type() == kBool ? torch::logical_xor(after, before) : after - before;
  }
  return x;
}
Tensor diff(In self, int64_t n, int64_t dim, const optional<Tensor>& prepend) {
  return diff(self, n, dim, prepend, nullopt);
}
Tensor diff(In self, int64_t n, int64_t dim) { return diff(self, n, dim, nullopt, nullopt); }
Tensor diff(In self) { return diff(self, 1); }
}  // namespace torch
