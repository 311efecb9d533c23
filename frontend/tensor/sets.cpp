// Different elements, membership, places in a sorted row.
#include <algorithm>
#include <cstring>
#include <numeric>

#include "frontend/record/read.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/host_inside.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/order_inside.h"

namespace torch {
using record::Composite;
using Unique = std::tuple<Tensor, Tensor, Tensor>;
namespace {

// Of a vector: whether an element differs from the one before.
Tensor starts_of(const Tensor& row) {
  const int64_t n = row.size(0);
  const TensorOptions truth = row.options().dtype(kBool);
  if (n == 0) return torch::ones({0}, truth);
  const Tensor differs = row.narrow(0, 1, n - 1) != row.narrow(0, 0, n - 1);
  return torch::cat({torch::ones({1}, truth), differs});
}
Tensor nothing(const Tensor& like) { return torch::empty({0}, like.options().dtype(kLong)); }

// Runs of equal elements, given where they begin; `order` leads from there to the elements.
template <class F>
Unique of_runs(const Tensor& starts, const Tensor& order, IntArrayRef sizes, bool inverse,
               bool counts, const F& values) {
  const int64_t n = starts.size(0);
  const Tensor first = torch::nonzero(starts).reshape(-1);  // evaluates
  const TensorOptions whole = starts.options().dtype(kLong);
  Tensor where_to = nothing(starts), how_many = nothing(starts);
  if (inverse) {
    where_to = starts.cumsum(0) - 1;
    if (order.defined()) where_to = torch::zeros({n}, whole).scatter(0, order, where_to);
    where_to = where_to.reshape(sizes);
  }
  if (counts) how_many = torch::diff(torch::cat({first, torch::full({1}, n, whole)}));
  return {values(first), where_to, how_many};
}

Unique of_elements(In self, bool sort, bool inverse, bool counts, const char* name) {
  Composite composite(name, nullptr, self.where);
  const How how(self.where, nullptr, name);
  require(self, how);
  const Tensor flat = self->detach().reshape(-1);
  const Tensor order = sort ? order_of(flat, 0, false, flat.size(0), how) : Tensor();
  const Tensor row = sort ? flat.gather(0, order) : flat;
  return of_runs(starts_of(row), order, self->sizes(), inverse, counts,
                 [&](const Tensor& at) { return row.index_select(0, at); });
}

// The order of slices, as words of their elements; on the host.
Tensor order_of_slices(const Tensor& rows, Location where) {
  const record::Values values(rows, "unique_dim", where);
  std::vector<int64_t> order(static_cast<size_t>(rows.size(0)));
  std::iota(order.begin(), order.end(), 0);
  const int64_t width = rows.size(1);
  op::visit_dtype(rows.scalar_type(), [&](auto zero) {
    using T = decltype(zero);
    const T* x = values.as<T>();
    std::stable_sort(order.begin(), order.end(), [&](int64_t a, int64_t b) {
      return std::lexicographical_compare(x + a * width, x + (a + 1) * width, x + b * width,
                                          x + (b + 1) * width);
    });
  });
  return record::make_tensor(host_vector(order, record::impl(rows)->storage->home));
}

Unique of_slices(In self, int64_t dim, bool sort, bool inverse, bool counts, const char* name) {
  Composite composite(name, nullptr, self.where);
  require(self, How(self.where, nullptr, name));
  const int64_t d = wrap_dim(dim, self->dim(), self.where), n = self->size(d);
  const Tensor x = self->detach();
  if (n == 0) return {x.clone(), nothing(x), nothing(x)};
  const Tensor rows = x.movedim(d, 0).reshape({n, x.numel() / n}).contiguous();
  const Tensor order = sort ? order_of_slices(rows, self.where) : Tensor();
  const Tensor row = sort ? rows.index_select(0, order) : rows;
  const Tensor differs = (row.narrow(0, 1, n - 1) != row.narrow(0, 0, n - 1)).any(1);
  const Tensor starts = torch::cat({torch::ones({1}, x.options().dtype(kBool)), differs});
  return of_runs(starts, order, {n}, inverse, counts, [&](const Tensor& at) {
    return x.index_select(d, sort ? order.index_select(0, at) : at);
  });
}
}  // namespace

Unique _unique2(In self, bool, bool inverse, bool counts) {
  return of_elements(self, true, inverse, counts, "_unique2");
}
TensorPair _unique(In self, bool, bool inverse) {
  Unique u = of_elements(self, true, inverse, false, "_unique");
  return {std::get<0>(u), std::get<1>(u)};
}
Unique unique_dim(In self, int64_t dim, bool, bool inverse, bool counts) {
  return of_slices(self, dim, true, inverse, counts, "unique_dim");
}
Unique unique_consecutive(In self, bool inverse, bool counts, optional<int64_t> dim) {
  if (dim) return of_slices(self, *dim, false, inverse, counts, "unique_consecutive");
  return of_elements(self, false, inverse, counts, "unique_consecutive");
}
Unique unique_dim_consecutive(In self, int64_t dim, bool inverse, bool counts) {
  return of_slices(self, dim, false, inverse, counts, "unique_dim_consecutive");
}

Tensor isin(In elements, const Tensor& tests, bool, bool invert) {
  Composite composite("isin", nullptr, elements.where);
  require(elements, How(elements.where, nullptr, "isin"));
  require(tests, How(elements.where, nullptr, "isin"));
  for (const Tensor& t : {elements.tensor, tests})
    if (t.scalar_type() == kBool)
      refuse(elements.where, "isin", "Unsupported input type encountered for isin(): Bool");
  if (tests.numel() == 0) return torch::full(elements->sizes(), invert, elements->options().dtype(kBool));
  const Tensor among = (elements->unsqueeze(-1) == tests.reshape(-1)).any(-1);
  return invert ? torch::logical_not(among) : among;
}
Tensor isin(In elements, const Scalar& test, bool unique, bool invert) {
  Composite composite("isin", nullptr, elements.where);
  return isin(elements, torch::scalar_tensor(test, elements->options().dtype(test.type())), unique, invert);
}
Tensor isin(ScalarIn element, const Tensor& tests, bool unique, bool invert) {
  Composite composite("isin", nullptr, element.where);
  return isin(torch::scalar_tensor(element.scalar, tests.options().dtype(element.scalar.type())), tests, unique, invert);
}

namespace {
// Bisection, all values at once: the place grows by halves of the row while it stays below.
Tensor bisected(const Tensor& sorted, const Tensor& values, bool right) {
  const int64_t n = sorted.size(-1);
  Tensor place = torch::zeros(values.sizes(), values.options().dtype(kLong));
  int64_t step = 1;
  while (step <= n / 2) step *= 2;
  for (; n > 0 && step > 0; step /= 2) {
    const Tensor further = place + step;
    const Tensor seen = sorted.gather(-1, further.clamp_max(n) - 1);
    const Tensor reached = right ? seen > values : seen >= values;
    place = torch::where((further <= n) & torch::logical_not(reached), further, place);
  }
  return place;
}

Tensor searched(const Tensor& sorted, const Tensor& self, bool out_int32, bool right,
                const Tensor& sorter, Location where) {
  const How how(where, nullptr, "searchsorted");
  require(sorted, how);
  require(self, how);
  if (sorted.scalar_type() == kBool)
    refuse<c10::NotImplementedError>(where, "searchsorted",
                                     "\"searchsorted_out_cpu\" not implemented for 'Bool'");
  if (sorted.dim() == 0)
    refuse(where, "searchsorted",
           "torch.searchsorted(): input sorted_sequence should have at "
           "least one dimension, but got dimension ",
           sorted.dim());
  const bool one_row = sorted.dim() == 1;
  const IntArrayRef rows = sorted.sizes().slice(0, static_cast<size_t>(sorted.dim() - 1));
  if (!one_row && (self.dim() != sorted.dim() ||
                   self.sizes().slice(0, static_cast<size_t>(self.dim() - 1)) != rows))
    refuse(where, "searchsorted",
           "torch.searchsorted(): boundaries tensor should be 1 dimension or the first N-1 "
           "dimensions of boundaries tensor and input value tensor must match, but we got "
           "boundaries tensor ",
           sorted.sizes(), " and input value tensor ", self.sizes());
  const ScalarType type = promoteTypes(sorted.scalar_type(), self.scalar_type());
  Tensor row = sorted.detach().to(type);
  if (sorter.defined()) row = row.gather(-1, sorter);
  const Tensor values = self.detach().to(type);
  Tensor place = bisected(row, one_row ? values.reshape(-1) : values, right);
  if (one_row) place = place.reshape(self.sizes());
  return out_int32 ? place.to(kInt) : place;
}
bool is_right(bool right, const optional<c10::string_view>& side, Location where) {
  if (!side) return right;
  if (*side != "left" && *side != "right")
    refuse(where, "searchsorted",
           "torch.searchsorted(): side can only be 'left' or 'right' but got ", *side);
  if (right && *side == "left")
    refuse(where, "searchsorted",
           "torch.searchsorted(): side and right can't be set to opposites, got side of left "
           "while right was True");
  return *side == "right";
}
Tensor given_or_none(const optional<Tensor>& t) { return t ? *t : Tensor(); }
}  // namespace

Tensor searchsorted(In sorted, const Tensor& self, bool out_int32, bool right,
                    optional<c10::string_view> side, const optional<Tensor>& sorter) {
  Composite composite("searchsorted", nullptr, sorted.where);
  return searched(sorted, self, out_int32, is_right(right, side, sorted.where),
                  given_or_none(sorter), sorted.where);
}
Tensor searchsorted(In sorted, const Scalar& self, bool out_int32, bool right,
                    optional<c10::string_view> side, const optional<Tensor>& sorter) {
  Composite composite("searchsorted", nullptr, sorted.where);
  require(sorted, How(sorted.where, nullptr, "searchsorted"));
  return searchsorted(sorted, torch::scalar_tensor(self, sorted->options()), out_int32, right, side,
                      sorter);
}
Tensor bucketize(In self, const Tensor& boundaries, bool out_int32, bool right) {
  Composite composite("bucketize", nullptr, self.where);
  if (boundaries.dim() != 1)
    refuse(self.where, "bucketize", "boundaries tensor must be 1 dimension, but got dim(",
           boundaries.dim(), ")");
  return searched(boundaries, self, out_int32, right, Tensor(), self.where);
}
Tensor bucketize(ScalarIn self, const Tensor& boundaries, bool out_int32, bool right) {
  Composite composite("bucketize", nullptr, self.where);
  return bucketize(torch::scalar_tensor(self.scalar, boundaries.options()), boundaries, out_int32,
                   right);
}
}  // namespace torch
