// Orders, and what stands at a place of one.
#include <cmath>

#include "frontend/tensor/compute_inside.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/order_inside.h"

namespace torch {
using record::Composite;

Tensor order_of(const Tensor& self, int64_t dim, bool descending, int64_t count, const How& how) {
  const Value v = record::record(Op::argsort, {input(self, how)},
                                 op::attrs::argsort::pack(dim, descending, count),
                                 How(how.where, nullptr, how.what));
  return record::make_tensor(v);
}

TensorPair picked(const Tensor& self, int64_t dim, const Tensor& at, bool keepdim) {
  const Tensor values = self.gather(dim, at);
  if (keepdim) return {values, at};
  return {values.squeeze(dim), at.squeeze(dim)};
}

namespace {
// A tensor without dims is its own order.
TensorPair of_no_dims(const Tensor& self) { return {self.clone(), torch::zeros({}, self.options().dtype(kLong))}; }

// Place 1 to n of the order, one a row.
TensorPair at_place(const Tensor& self, int64_t dim, int64_t place, bool keepdim, const How& how) {
  const Tensor first = order_of(self, dim, false, place, how);
  return picked(self, dim, first.narrow(dim, place - 1, 1), keepdim);
}

// With its memory as that of `self`, where that has no gaps.
Tensor laid_like(const Tensor& t, const Tensor& self, const How& how) {
  return result_like(input(t, how).value, self);
}
void no_bools(const Tensor& self, const char* says, const How& how) {
  if (self.scalar_type() == kBool)
    refuse<c10::NotImplementedError>(how.where, how.what, says);
}

enum class Nans { win, left_out };

// The lower middle of what counts; nans stand last in the order.
TensorPair middle(In self, int64_t dim, bool keepdim, Nans nans, const How& how) {
  require(self, how);
  no_bools(self, "\"median_out\" not implemented for 'Bool'", how);
  const int64_t d = wrap_dim(dim, self->dim(), self.where);
  if (self->dim() == 0) return of_no_dims(self);
  const int64_t n = self->size(d);
  if (n == 0)
    refuse<c10::IndexError>(self.where, how.what, how.what, "(): Expected reduction dim ", d,
                            " to have non-zero size.");
  if (!self->is_floating_point()) return at_place(self, d, (n + 1) / 2, keepdim, how);
  const Tensor numbers = n - torch::isnan(self).to(kLong).sum(d, true);
  Tensor place;
  if (nans == Nans::win) place = torch::where(numbers < n, numbers, (n - 1) / 2);
  else place = torch::div(numbers - 1, 2, "floor").clamp_min(0);
  const Tensor order = order_of(self, d, false, n, how);
  return picked(self, d, order.gather(d, place), keepdim);
}
Tensor middle_of_all(In self, Nans nans, const char* name, const char* label) {
  Composite composite(name, label, self.where);
  require(self, How(self.where, label, name));
  if (self->numel() == 0) return torch::full({}, NAN, self->options());
  const Tensor flat = self->reshape(-1);
  return std::get<0>(middle(flat, 0, false, nans, How(self.where, label, name)));
}
}  // namespace

TensorPair sort(In self, int64_t dim, bool descending) {
  Composite composite("sort", "SortBackward0", self.where);
  const How how(self.where, nullptr, "sort");
  require(self, how);
  const int64_t d = wrap_dim(dim, self->dim(), self.where);
  if (self->dim() == 0) return of_no_dims(self);
  const auto [values, at] =
      picked(self, d, order_of(self, d, descending, self->size(d), how), true);
  return {laid_like(values, self, how), laid_like(at, self, how)};
}
TensorPair sort(In self, optional<bool>, int64_t dim, bool descending) {
  return sort(self, dim, descending);
}
TensorPair sort(In self) { return sort(self, -1, false); }
Tensor argsort(In self, int64_t dim, bool descending) {
  const How how(self.where, nullptr, "argsort");
  require(self, how);
  const int64_t d = wrap_dim(dim, self->dim(), self.where);
  if (self->dim() == 0) return torch::zeros({}, self->options().dtype(kLong));
  return laid_like(order_of(self, d, descending, self->size(d), how), self, how);
}
Tensor argsort(In self, bool, int64_t dim, bool descending) {
  return argsort(self, dim, descending);
}
Tensor argsort(In self) { return argsort(self, -1, false); }
Tensor msort(In self) { return std::get<0>(sort(self, 0, false)); }

TensorPair topk(In self, int64_t k, int64_t dim, bool largest, bool) {
  Composite composite("topk", "TopkBackward0", self.where);
  const How how(self.where, nullptr, "topk");
  require(self, how);
  no_bools(self, "topk does not support bool dtypes on CPU", how);
  const int64_t d = wrap_dim(dim, self->dim(), self.where);
  if (k < 0 || k > (self->dim() ? self->size(d) : 1))
    refuse(self.where, "topk", "selected index k out of range");
  if (self->dim() == 0) return of_no_dims(self);
  return picked(self, d, order_of(self, d, largest, k, how), true);
}
TensorPair kthvalue(In self, int64_t k, int64_t dim, bool keepdim) {
  Composite composite("kthvalue", "KthvalueBackward0", self.where);
  const How how(self.where, nullptr, "kthvalue");
  require(self, how);
  if (self->dim()) no_bools(self, "\"kthvalue_cpu\" not implemented for 'Bool'", how);
  const int64_t d = wrap_dim(dim, self->dim(), self.where);
  if (self->dim() && self->size(d) == 0)
    refuse<c10::IndexError>(self.where, "kthvalue", "kthvalue(): Expected reduction dim ", d,
                            " to have non-zero size.");
  if (k < 1 || k > (self->dim() ? self->size(d) : 1))
    refuse(self.where, "kthvalue", "kthvalue(): selected number k out of range for dimension ", d);
  if (self->dim() == 0) return of_no_dims(self);
  return at_place(self, d, k, keepdim, how);
}

TensorPair median(In self, int64_t dim, bool keepdim) {
  Composite composite("median", "MedianBackward1", self.where);
  return middle(self, dim, keepdim, Nans::win, How(self.where, nullptr, "median"));
}
TensorPair nanmedian(In self, int64_t dim, bool keepdim) {
  Composite composite("nanmedian", "NanmedianBackward1", self.where);
  return middle(self, dim, keepdim, Nans::left_out, How(self.where, nullptr, "nanmedian"));
}
Tensor median(In self) { return middle_of_all(self, Nans::win, "median", "MedianBackward0"); }
Tensor nanmedian(In self) {
  return middle_of_all(self, Nans::left_out, "nanmedian", "NanmedianBackward0");
}

// In order, equal ones are runs: the first of the longest, at its end.
TensorPair mode(In self, int64_t dim, bool keepdim) {
  Composite composite("mode", "ModeBackward0", self.where);
  const How how(self.where, nullptr, "mode");
  require(self, how);
  const int64_t d = wrap_dim(dim, self->dim(), self.where);
  if (self->dim() == 0) return of_no_dims(self);
  const int64_t n = self->size(d);
  if (n == 0)
    refuse<c10::IndexError>(self.where, "mode", "mode(): Expected reduction dim ", d,
                            " to have non-zero size.");
  const Tensor order = order_of(self, d, false, n, how);
  const Tensor sorted = self->detach().gather(d, order);
  std::vector<int64_t> along(static_cast<size_t>(self->dim()), 1);
  along[static_cast<size_t>(d)] = n;
  const Tensor place = torch::arange(n, self->options().dtype(kLong)).view(along).expand(self->sizes());
  const Tensor starts =
      torch::cat({torch::zeros_like(place.narrow(d, 0, 1)),
                  torch::where(sorted.narrow(d, 1, n - 1) != sorted.narrow(d, 0, n - 1),
                               place.narrow(d, 1, n - 1), 0)},
                 d);
  const Tensor length = place - std::get<0>(starts.cummax(d)) + 1;
  return picked(self, d, order.gather(d, length.argmax(d, true)), keepdim);
}
TensorPair mode(In self) { return mode(self, -1, false); }
}  // namespace torch
