// gather, scatter and their kin; flips, rolls and repeats.
#include "frontend/record/meet.h"
#include "frontend/tensor/casting.h"
#include "frontend/tensor/host_inside.h"
#include "frontend/tensor/out.h"

namespace torch {
namespace {
using record::impl;

void index_dtype(const Tensor& index, const How& how) {
  require(index, how);
  if (index.scalar_type() != kLong && index.scalar_type() != kInt)
    refuse(how.where, how.what, how.what, "(): Expected dtype int32/int64 for index");
}

// An index as an operand of gather and scatter: of the tensor's rank, in range where that is known.
Input position(const Tensor& self, int64_t dim, const Tensor& index, const How& how) {
  require(index, how);
  if (index.numel() == 0) return input(index, how);  // of any type and rank
  index_dtype(index, how);
  if (std::max<int64_t>(index.dim(), 1) != std::max<int64_t>(self.dim(), 1))
    refuse(how.where, how.what,
           "Index tensor must have the same number of dimensions as self tensor: got ", index.dim(),
           " and ", self.dim());
  const Input in = input(index, how);
  check_known_indices(in.value, self.dim() ? self.size(dim) : 1, dim, false, how);
  return in;
}

Value as_row(const Operand& v, const How& how) {
  return record::record(Op::reshape, {v}, op::attrs::reshape::pack(Dims{1}), how);
}

Value gathered(const Tensor& self, int64_t dim, const Tensor& index, const How& how) {
  require(self, how);
  const int64_t d = wrap_dim(dim, self.dim(), how.where);
  const Input at = position(self, d, index, how);
  if (self.dim() == 0 || index.dim() == 0) {
    // As if they had one dim.
    const Value x = self.dim() ? value_of(self, how) : as_row(input(self, how), how);
    const Value i = index.dim() ? at.value : as_row(at, how);
    const Value y = record::record(Op::gather, {x, i}, op::attrs::gather::pack(0), how);
    return record::record(Op::reshape, {y}, op::attrs::reshape::pack(impl(index)->sizes), how);
  }
  return record::record(Op::gather, {input(self, how), at}, op::attrs::gather::pack(d), how);
}

Value scattered(Op op, const Tensor& self, int64_t dim, const Tensor& index, const Operand& src,
                const How& how) {
  require(self, how);
  const int64_t d = wrap_dim(dim, self.dim(), how.where);
  const Input at = position(self, d, index, how);
  if (src.node->type().dtype != self.scalar_type())
    refuse(how.where, how.what, "scatter(): Expected self.dtype to be equal to src.dtype");
  if (index.numel() == 0) return value_of(self, how);
  // Of a larger source the part is taken that the index covers.
  Value part(src.node);
  const Dims& covered = impl(index)->sizes;
  if (part.type().dims.size() != covered.size())
    refuse(how.where, how.what,
           "Index tensor must have the same number of dimensions as src tensor");
  bool whole = true;
  for (size_t i = 0; i < covered.size(); ++i) {
    if (covered[i] > part.type().dims[i])
      refuse(how.where, how.what, "Expected index ", index.sizes(), " to be smaller than self ",
             self.sizes(), " apart from dimension ", d, " and to be smaller size than src ",
             ref(part.type().dims));
    whole &= covered[i] == part.type().dims[i];
  }
  if (!whole) {
    std::vector<Value> starts(covered.size(), record::immediate(0));
    std::vector<Operand> operands{src};
    operands.insert(operands.end(), starts.begin(), starts.end());
    part = record::record(Op::slice, operands,
                          op::attrs::slice::pack(covered, Dims(covered.size(), 1)), how);
  }
  if (self.dim() == 0) {
    const Value y =
        record::record(op, {as_row(input(self, how), how), as_row(at, how), as_row(part, how)},
                       op::attrs::scatter::pack(0), how);
    return record::record(Op::reshape, {y}, op::attrs::reshape::pack(Dims{}), how);
  }
  return record::record(op, {input(self, how), at, Operand(part, src.source)},
                        op::attrs::scatter::pack(d), how);
}
Value scattered(Op op, const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src,
                const How& how) {
  const Input in = input(src, how);
  return scattered(op, self, dim, index, in, how);
}
Value scattered(Op op, const Tensor& self, int64_t dim, const Tensor& index, const Scalar& value,
                const How& how) {
  require(self, how);
  require(index, how);
  const Value one = number(value, self.scalar_type(), how.where);
  const Value all =
      record::record(Op::expand, {one}, op::attrs::expand::pack(impl(index)->sizes), how);
  return scattered(op, self, dim, index, Operand(all), how);
}

}  // namespace

Tensor scattered_by(Op op, const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src,
                    const How& how) {
  return record::make_tensor(scattered(op, self, dim, index, src, how));
}

namespace {
Input vector_index(const Tensor& self, int64_t d, const Tensor& index, const How& how) {
  index_dtype(index, how);
  if (index.dim() > 1)
    refuse<c10::IndexError>(how.where, how.what, "Index is supposed to be a vector");
  Input at = input(index, how);
  check_known_indices(at.value, self.dim() ? self.size(d) : 1, d, false, how);
  if (index.dim() == 0) at = {as_row(at, how)};
  return at;
}
}  // namespace

Tensor index_select(In self, int64_t dim, const Tensor& index) {
  const How how(self.where, "IndexSelectBackward0", "index_select");
  require(self, how);
  const int64_t d = wrap_dim(dim, self->dim(), self.where);
  const Input at = vector_index(self, d, index, how);
  if (self->dim() == 0) {
    const Value y = record::record(Op::index_select, {as_row(input(self, how), how), at},
                                   op::attrs::index_select::pack(0), how);
    return record::make_tensor(
        record::record(Op::reshape, {y}, op::attrs::reshape::pack(Dims{}), how));
  }
  return record::make_tensor(record::record(Op::index_select, {input(self, how), at},
                                            op::attrs::index_select::pack(d), how));
}
namespace {
Value index_added(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& source,
                  const Scalar& alpha, const How& how) {
  require(self, how);
  require(source, how);
  const int64_t d = wrap_dim(dim, self.dim(), how.where);
  if (source.scalar_type() != self.scalar_type())
    refuse(how.where, how.what, "index_add_(): self (", c10::toString(self.scalar_type()),
           ") and source (", c10::toString(source.scalar_type()),
           ") must have the same scalar type");
  if (source.dim() != self.dim())
    refuse(how.where, how.what, "Source and destination must have the same number of dimensions");
  const Input at = vector_index(self, d, index, how);
  Input src = input(source, how);
  if (self.dim() == 0) src = {as_row(src, how)};
  if (!(alpha.isIntegral(false) && alpha.toLong() == 1))
    src = {record::record(Op::mul, {src, number(alpha, self.scalar_type(), how.where)}, {}, how)};
  if (self.dim()) {
    return record::record(Op::index_add, {input(self, how), at, src},
                          op::attrs::index_add::pack(d), how);
  }
  const Value row = record::record(Op::index_add, {as_row(input(self, how), how), at, src},
                                   op::attrs::index_add::pack(0), how);
  return record::record(Op::reshape, {row}, op::attrs::reshape::pack(Dims{}), how);
}
}  // namespace
Tensor index_add(In self, int64_t dim, const Tensor& index, const Tensor& source,
                 const Scalar& alpha) {
  return record::make_tensor(index_added(self, dim, index, source, alpha,
                                         How(self.where, "IndexAddBackward0", "index_add")));
}
Tensor Tensor::index_select(int64_t dim, const Tensor& index, Location where) const {
  return torch::index_select(In(*this, where), dim, index);
}
Tensor Tensor::index_add(int64_t dim, const Tensor& index, const Tensor& source,
                         const Scalar& alpha, Location where) const {
  return torch::index_add(In(*this, where), dim, index, source, alpha);
}
Tensor& Tensor::index_add_(int64_t dim, const Tensor& index, const Tensor& source,
                           const Scalar& alpha, Location where) const {
  const How how = writing(*this, where, "IndexAddBackward0", "index_add_");
  return write_back(*this, index_added(*this, dim, index, source, alpha, how), how);
}

Tensor gather(In self, int64_t dim, const Tensor& index, bool) {
  if (self->defined() && index.defined() && index.numel() == 0) {
    wrap_dim(dim, self->dim(), self.where);
    record::Composite composite("gather", "GatherBackward0", self.where);
    return detail::unaliased(self->reshape(-1).narrow(0, 0, 0).reshape(index.sizes()));
  }
  return record::make_tensor(
      gathered(self, dim, index, How(self.where, "GatherBackward0", "gather")));
}
Tensor Tensor::gather(int64_t dim, const Tensor& index, bool sparse, Location where) const {
  return torch::gather(In(*this, where), dim, index, sparse);
}
#define WEFT_SCATTER_MEMBERS(f, op, Src, label)                                                   \
  Tensor Tensor::f(int64_t dim, const Tensor& index, const Src& src, Location where) const {      \
    return torch::f(In(*this, where), dim, index, src);                                           \
  }                                                                                               \
  Tensor& Tensor::f##_(int64_t dim, const Tensor& index, const Src& src, Location where) const {  \
    const How how = writing(*this, where, label, #f "_");                                         \
    return write_back(*this, scattered(op, *this, dim, index, src, how), how);                    \
  }
#define WEFT_SCATTER(f, op, Src, label)                                                           \
  Tensor f(In self, int64_t dim, const Tensor& index, const Src& src) {                           \
    return record::make_tensor(scattered(op, self, dim, index, src, How(self.where, label, #f))); \
  }                                                                                               \
  WEFT_SCATTER_MEMBERS(f, op, Src, label)
WEFT_SCATTER(scatter, Op::scatter, Tensor, "ScatterBackward0")
WEFT_SCATTER(scatter, Op::scatter, Scalar, "ScatterBackward1")
WEFT_SCATTER_MEMBERS(scatter_add, Op::scatter_add, Tensor, "ScatterAddBackward0")
#undef WEFT_SCATTER
#undef WEFT_SCATTER_MEMBERS
Tensor scatter_add(In self, int64_t dim, const Tensor& index, const Tensor& src) {
  if (const Autocast cast(casts::scatter_add, {self, src}); cast.on())
    return scatter_add(In(cast[0], self.where), dim, index, cast[1]);
  return record::make_tensor(scattered(Op::scatter_add, self, dim, index, src,
                                       How(self.where, "ScatterAddBackward0", "scatter_add")));
}

Tensor take(In self, const Tensor& index) {
  const How how(self.where, "TakeBackward0", "take");
  require(self, how);
  require(index, how);
  if (index.scalar_type() != kLong)
    refuse(self.where, "take", "take(): Expected a long tensor for index, but got ",
           c10::toString(index.scalar_type()));
  const int64_t n = self->numel(), count = index.numel();
  Value at = value_of(index, how);
  check_known_indices(at, n, 0, true, how);
  at = record::record(Op::reshape, {wrapped_indices(at, n, how)},
                      op::attrs::reshape::pack(Dims{count}), how);
  const Value flat =
      record::record(Op::reshape, {input(self, how)}, op::attrs::reshape::pack(Dims{n}), how);
  const Value y =
      record::record(Op::index_select, {flat, at}, op::attrs::index_select::pack(0), how);
  return record::make_tensor(
      record::record(Op::reshape, {y}, op::attrs::reshape::pack(impl(index)->sizes), how));
}
Tensor Tensor::take(const Tensor& index, Location where) const {
  return torch::take(In(*this, where), index);
}

Tensor masked_select(In self, const Tensor& mask) {
  const How how(self.where, "MaskedSelectBackward0", "masked_select");
  require(self, how);
  require(mask, how);
  if (mask.scalar_type() != kBool)
    refuse(self.where, "masked_select", "masked_select: expected BoolTensor for mask");
  const record::Home home = impl(self)->storage->home;
  if (impl(mask)->storage->home != home)
    record::refuse_homes(home, impl(mask)->storage->home, how.what, self.where);
  const std::vector<Tensor> both = broadcast_tensors(TensorListIn({self.tensor, mask}, self.where));
  const Value at = value_of(nonzero_positions(both[1], "masked_select", how), how);
  const Value flat = record::record(Op::reshape, {input(both[0], how)},
                                    op::attrs::reshape::pack(Dims{both[0].numel()}), how);
  return record::make_tensor(
      record::record(Op::index_select, {flat, at}, op::attrs::index_select::pack(0), how));
}
Tensor Tensor::masked_select(const Tensor& mask, Location where) const {
  return torch::masked_select(In(*this, where), mask);
}

Tensor nonzero(In self) {
  const How how(self.where, nullptr, "nonzero");
  require(self, how);
  if (self->dim() == 0)
    return torch::empty({nonzero_positions(self, "nonzero", how).numel(), 0},
                        self->options().dtype(kLong));
  // A column is side by side in memory.
  return transpose(In(stack(TensorListIn(nonzero_indices(self, "nonzero", how), self.where)),
                      self.where),
                   0, 1);
}
Tensor Tensor::nonzero(Location where) const { return torch::nonzero(In(*this, where)); }
std::vector<Tensor> where(In condition) {
  const How how(condition.where, nullptr, "where");
  require(condition, how);
  const Tensor shown = condition->dim() ? condition.tensor : unsqueeze(condition, 0);
  return unbind(In(nonzero(In(shown, condition.where)), condition.where), 1);
}

Tensor flip(In self, IntArrayRef dims) {
  const How how(self.where, "FlipBackward0", "flip");
  require(self, how);
  Dims sorted;
  std::vector<bool> flipped(static_cast<size_t>(std::max<int64_t>(self->dim(), 1)));
  for (int64_t d : dims) {
    const size_t at = static_cast<size_t>(wrap_dim(d, self->dim(), self.where));
    if (flipped[at])
      refuse(self.where, "flip", "dim ", at, " appears multiple times in the list of dims");
    flipped[at] = true;
  }
  for (int64_t d = 0; d < self->dim(); ++d)
    if (flipped[static_cast<size_t>(d)]) sorted.push_back(d);
  if (sorted.empty()) return clone(self);
  return result_like(
      record::record(Op::flip, {input(self, how)}, op::attrs::flip::pack(sorted), how), self);
}
Tensor Tensor::flip(IntArrayRef dims, Location where) const {
  return torch::flip(In(*this, where), dims);
}

namespace {
// The tensor twice in a row, read from a start that is a run-time number: another shift is the same
// graph.
Value rolled(const Value& x, int64_t shift, int64_t dim, const How& how) {
  const int64_t n = x.type().dims[dim];
  const Value twice = record::record(Op::concat, {x, x}, op::attrs::concat::pack(dim), how);
  const int64_t start = n ? ((-shift % n) + n) % n : 0;
  const Value zero = record::immediate(0), from = record::immediate(start);
  std::vector<Operand> operands{twice};
  for (size_t d = 0; d < x.type().rank(); ++d)
    operands.push_back(static_cast<int64_t>(d) == dim ? Operand(from) : Operand(zero));
  return record::record(Op::slice, operands,
                        op::attrs::slice::pack(x.type().dims, Dims(x.type().rank(), 1)), how);
}
}  // namespace
Tensor roll(In self, IntArrayRef shifts, IntArrayRef dims) {
  const How how(self.where, "RollBackward0", "roll");
  Value x = value_of(self, how);
  if (shifts.empty()) refuse(self.where, "roll", "`shifts` required");
  if (dims.empty() && shifts.size() == 1) {
    const Value flat =
        record::record(Op::reshape, {x}, op::attrs::reshape::pack(Dims{self->numel()}), how);
    return record::make_tensor(record::record(Op::reshape, {rolled(flat, shifts[0], 0, how)},
                                              op::attrs::reshape::pack(x.type().dims), how));
  }
  if (shifts.size() != dims.size())
    refuse(self.where, "roll", "shifts and dimensions must align. shifts: ", shifts.size(),
           ", dims:", dims.size());
  for (size_t i = 0; i < dims.size(); ++i)
    x = rolled(x, shifts[i], wrap_dim(dims[i], self->dim(), self.where), how);
  return record::make_tensor(x);
}
Tensor Tensor::roll(IntArrayRef shifts, IntArrayRef dims, Location where) const {
  return torch::roll(In(*this, where), shifts, dims);
}

namespace {
Tensor repeated(const Tensor& self, IntArrayRef repeats, const How& how) {
  const Value x = value_of(self, how);
  const size_t rank = repeats.size(), lead = rank - static_cast<size_t>(self.dim());
  // (1, n) expanded to (r, n), dim by dim, then joined.
  Dims apart, spread, result;
  for (size_t i = 0; i < rank; ++i) {
    if (repeats[i] < 0)
      refuse(how.where, how.what, "Trying to create tensor with negative dimension ", repeats[i],
             ": ", repeats);
    const int64_t n = i < lead ? 1 : impl(self)->sizes[i - lead];
    apart.append({1, n});
    spread.append({repeats[i], n});
    result.push_back(repeats[i] * n);
  }
  Value y = record::record(Op::reshape, {x}, op::attrs::reshape::pack(apart), how);
  y = record::record(Op::expand, {y}, op::attrs::expand::pack(spread), how);
  return record::make_tensor(
      record::record(Op::reshape, {y}, op::attrs::reshape::pack(result), how));
}
}  // namespace
Tensor Tensor::repeat(IntArrayRef repeats, Location where) const {
  const How how(where, "RepeatBackward0", "repeat");
  require(*this, how);
  if (static_cast<int64_t>(repeats.size()) < dim())
    refuse(where, "repeat",
           "Number of dimensions of repeat dims can not be smaller than number of dimensions of "
           "tensor");
  return repeated(*this, repeats, how);
}
Tensor tile(In self, IntArrayRef dims) {
  const How how(self.where, "RepeatBackward0", "tile");
  require(self, how);
  std::vector<int64_t> repeats = dims.vec();
  while (static_cast<int64_t>(repeats.size()) < self->dim()) repeats.insert(repeats.begin(), 1);
  return repeated(self, repeats, how);
}
Tensor Tensor::tile(IntArrayRef dims, Location where) const {
  return torch::tile(In(*this, where), dims);
}
}  // namespace torch
