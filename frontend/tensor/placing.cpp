// Values put, added or combined at places that indices or masks name; repetitions; draws.
#include <cmath>

#include "frontend/tensor/casting.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/host_inside.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/requirement_inside.h"

namespace torch {
using record::Composite;
namespace {

// An index vector as the index of scatter: one number for a whole slice.
Tensor along(const Tensor& index, int64_t dim, IntArrayRef sizes) {
  if (sizes.empty()) return index.reshape({});
  std::vector<int64_t> shown(sizes.size(), 1);
  shown[static_cast<size_t>(dim)] = index.numel();
  return index.reshape(shown).expand(sizes);
}
Tensor wrapped(const Tensor& index, int64_t size, const How& how) {
  const Value v = value_of(index, how);
  check_known_indices(v, size, 0, true, how);
  return record::make_tensor(wrapped_indices(v, size, how));
}
void wants_index(const Tensor& index, const How& how) {
  require(index, how);
  if (index.scalar_type() != kLong && index.scalar_type() != kInt)
    refuse<c10::IndexError>(
        how.where, how.what, how.what,
        "(): Expected dtype int64 for index but got: ", c10::toString(index.scalar_type()));
  if (index.dim() > 1)
    refuse<c10::IndexError>(how.where, how.what, how.what,
                            "(): Index should have dimension 1 or 0 (got ", index.dim(), ")");
}
void same_type(const Tensor& self, const Tensor& source, const How& how) {
  require(self, how);
  require(source, how);
  if (self.scalar_type() != source.scalar_type())
    refuse(how.where, how.what, how.what,
           "(): self and source expected to have the same dtype, but got (self) ",
           c10::toString(self.scalar_type()), " and (source) ",
           c10::toString(source.scalar_type()));
}
}  // namespace

Tensor index_copy(In self, int64_t dim, const Tensor& index, const Tensor& source) {
  if (const Autocast cast(casts::index_copy, {self, index, source}); cast.on())
    return index_copy(In(cast[0], self.where), dim, cast[1], cast[2]);
  Composite composite("index_copy", "IndexCopyBackward0", self.where);
  const How how(self.where, nullptr, "index_copy_");
  same_type(self, source, how);
  wants_index(index, how);
  const int64_t d = wrap_dim(dim, self->dim(), self.where);
  if (source.dim() != 0 && self->dim() != 0 && source.dim() != self->dim())
    refuse<c10::IndexError>(
        self.where, "index_copy_",
        "index_copy_(): When source and destination are not scalars, their dimensionality must "
        "match. Source dimensionality (",
        source.dim(), "), destination dimensionality (", self->dim(), ")");
  std::vector<int64_t> sizes = self->sizes().vec();
  if (self->dim()) sizes[static_cast<size_t>(d)] = index.numel();
  if (source.dim() && self->dim() && source.sizes() != IntArrayRef(sizes))
    refuse(
        self.where, "index_copy_",
        "index_copy_(): Source/destination tensor must have same slice shapes. Destination slice "
        "shape: ",
        self->sizes(), " at dimension ", d, " and source slice shape: ", source.sizes(),
        " at dimension 0.");
  return torch::scatter(self, d, along(index, d, sizes), source.reshape(sizes));
}
Tensor index_fill(In self, int64_t dim, const Tensor& index, const Tensor& value) {
  Composite composite("index_fill", "IndexFillBackward1", self.where);
  const How how(self.where, nullptr, "index_fill_");
  require(self, how);
  require(value, how);
  wants_index(index, how);
  if (index.scalar_type() != kLong)
    refuse(self.where, "index_fill_", "index_fill_(): Expected dtype int64 for index.");
  if (value.dim() != 0)
    refuse(self.where, "index_fill_",
           "index_fill_ only supports a 0-dimensional value tensor, but got tensor with ",
           value.dim(), " dimension(s).");
  const int64_t d = wrap_dim(dim, self->dim(), self.where);
  std::vector<int64_t> sizes = self->sizes().vec();
  if (self->dim()) sizes[static_cast<size_t>(d)] = index.numel();
  const Tensor places = wrapped(index, self->dim() ? self->size(d) : 1, how);
  return torch::scatter(self, d, along(places, d, sizes),
                        value.to(self->scalar_type()).expand(sizes));
}
Tensor index_fill(In self, int64_t dim, const Tensor& index, const Scalar& value) {
  Composite composite("index_fill", "IndexFillBackward0", self.where);
  require(self, How(self.where, nullptr, "index_fill_"));
  return index_fill(self, dim, index, torch::scalar_tensor(value, self->options()));
}

Tensor masked_scatter(In self, const Tensor& mask, const Tensor& source) {
  Composite composite("masked_scatter", "MaskedScatterBackward0", self.where);
  const How how(self.where, nullptr, "masked_scatter");
  require(self, how);
  require(mask, how);
  require(source, how);
  if (self->scalar_type() != source.scalar_type())
    refuse(self.where, "masked_scatter",
           "masked_scatter: expected self and source to have same dtypes but got ",
           c10::toString(self->scalar_type()), " and ", c10::toString(source.scalar_type()));
  if (mask.scalar_type() != kBool)
    refuse(self.where, "masked_scatter",
           "masked_scatter_ only supports boolean masks, but got mask "
           "with dtype ",
           mask.dtype());
  const Tensors both = broadcast_tensors(TensorListIn({self.tensor, mask}, self.where));
  const Tensor holds = both[1].reshape(-1);
  if (holds.sum().item<int64_t>(self.where) > source.numel())
    refuse(self.where, "masked_scatter",
           "masked_scatter: expected self and source to have the same number of elements: Number "
           "of elements of source < number of ones in mask");
  if (source.numel() == 0) return both[0].clone();
  const Tensor place = (holds.cumsum(0) - 1).clamp_min(0);
  const Tensor placed = source.reshape(-1).index_select(0, place).reshape(both[0].sizes());
  return torch::where(both[1], placed, both[0]);
}

Tensor put(In self, const Tensor& index, const Tensor& source, bool accumulate) {
  Composite composite("put", "PutBackward0", self.where);
  const How how(self.where, nullptr, "put_");
  same_type(self, source, how);
  require(index, how);
  if (index.scalar_type() != kLong)
    refuse(self.where, "put_", "put_(): Expected a long tensor for index, but got ",
           c10::toString(index.scalar_type()));
  if (index.numel() != source.numel())
    refuse(self.where, "put_",
           "put_(): Expected source and index to have the same number of elements, but got "
           "source.numel() = ",
           source.numel(), ", index.numel() = ", index.numel());
  const Tensor flat = self->reshape(-1), places = wrapped(index.reshape(-1), flat.numel(), how);
  const Tensor y = accumulate ? flat.index_add(0, places, source.reshape(-1))
                              : flat.scatter(0, places, source.reshape(-1));
  return y.reshape(self->sizes());
}

namespace {
enum class Combine { sum, product, mean, largest, smallest };
Combine combination(c10::string_view name, bool of_scatter, Location where, const char* what) {
  if (of_scatter) {
    if (name == "add") return Combine::sum;
    if (name == "multiply") return Combine::product;
    refuse(where, what, "reduce argument must be either add or multiply.");
  }
  if (name == "sum") return Combine::sum;
  if (name == "prod") return Combine::product;
  if (name == "mean") return Combine::mean;
  if (name == "amax") return Combine::largest;
  if (name == "amin") return Combine::smallest;
  refuse(where, what, "reduce argument must be either sum, prod, mean, amax or amin, got ", name);
}
// self with the identity where something arrives, so that only that counts.
Tensor without_self(const Tensor& self, int64_t dim, const Tensor& index, const Scalar& identity) {
  return self.scatter(dim, index,
                      torch::scalar_tensor(identity, self.options()).expand(index.sizes()));
}

Tensor reduced(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src,
               Combine combine, bool include_self, const How& how) {
  const ScalarType type = self.scalar_type();
  switch (combine) {
    case Combine::sum:
      return (include_self ? self : without_self(self, dim, index, 0)).scatter_add(dim, index, src);
    case Combine::mean: {
      const Tensor sum =
          (include_self ? self : without_self(self, dim, index, 0)).scatter_add(dim, index, src);
      const Tensor ones = torch::ones_like(self.detach());
      const Tensor count = (include_self ? ones : without_self(ones, dim, index, 0))
                               .scatter_add(dim, index, torch::ones_like(src.detach()))
                               .clamp_min(1);
      return isFloatingType(type) ? sum / count : torch::div(sum, count, "floor");
    }
    default: break;
  }
  const Op op = combine == Combine::product   ? Op::scatter_mul
                : combine == Combine::largest ? Op::scatter_max
                                              : Op::scatter_min;
  const Tensor from = include_self ? self
                                   : without_self(self, dim, index,
                                                  combine == Combine::product   ? Scalar(1)
                                                  : combine == Combine::largest ? lowest_of(type)
                                                                                : largest_of(type));
  return scattered_by(op, from, dim, index, src, how);
}
}  // namespace

Tensor scatter(In self, int64_t dim, const Tensor& index, const Tensor& src,
               c10::string_view reduce) {
  Composite composite("scatter", nullptr, self.where);
  const How how(self.where, nullptr, "scatter");
  same_type(self, src, how);
  return reduced(self, dim, index, src, combination(reduce, true, self.where, "scatter"), true,
                 how);
}
Tensor scatter(In self, int64_t dim, const Tensor& index, const Scalar& value,
               c10::string_view reduce) {
  Composite composite("scatter", nullptr, self.where);
  require(self, How(self.where, nullptr, "scatter"));
  require(index, How(self.where, nullptr, "scatter"));
  return scatter(self, dim, index,
                 torch::scalar_tensor(value, self->options()).expand(index.sizes()), reduce);
}
Tensor scatter_reduce(In self, int64_t dim, const Tensor& index, const Tensor& src,
                      c10::string_view reduce, bool include_self) {
  Composite composite("scatter_reduce", "ScatterReduceBackward0", self.where);
  const How how(self.where, nullptr, "scatter_reduce");
  same_type(self, src, how);
  require(index, how);
  const Combine combine = combination(reduce, false, self.where, "scatter_reduce");
  return reduced(self, dim, index, src, combine, include_self, how);
}
Tensor index_reduce(In self, int64_t dim, const Tensor& index, const Tensor& source,
                    c10::string_view reduce, bool include_self) {
  Composite composite("index_reduce", "IndexReduceBackward0", self.where);
  const How how(self.where, nullptr, "index_reduce");
  same_type(self, source, how);
  wants_index(index, how);
  const Combine combine = combination(reduce, false, self.where, "index_reduce");
  if (combine == Combine::sum)
    refuse(self.where, "index_reduce",
           "index_reduce(): Expected reduce to be one of prod, mean, amax or amin but got sum.");
  const int64_t d = wrap_dim(dim, self->dim(), self.where);
  return reduced(self, d, along(index, d, source.sizes()), source, combine, include_self, how);
}

Tensor take_along_dim(In self, const Tensor& indices, optional<int64_t> dim) {
  Composite composite("take_along_dim", nullptr, self.where);
  require(self, How(self.where, nullptr, "take_along_dim"));
  require(indices, How(self.where, nullptr, "take_along_dim"));
  if (!dim) return self->reshape(-1).gather(0, indices.reshape(-1));
  const int64_t d = wrap_dim(*dim, self->dim(), self.where);
  if (self->dim() != indices.dim())
    refuse(self.where, "take_along_dim",
           "torch.take_along_dim(): input and indices should have the same number of dimensions, "
           "but got ",
           self->dim(), " dimensions for input, and ", indices.dim(), " dimensions for indices");
  std::vector<int64_t> of_self = self->sizes().vec(), of_indices = indices.sizes().vec();
  for (int64_t i = 0; i < self->dim(); ++i) {
    if (i == d) continue;
    const size_t at = static_cast<size_t>(i);
    if (of_self[at] != of_indices[at] && of_self[at] != 1 && of_indices[at] != 1)
      refuse_sizes(record::impl(self)->sizes, record::impl(indices)->sizes,
                   How(self.where, nullptr, "take_along_dim"));
    const int64_t both = of_self[at] == 1 ? of_indices[at] : of_self[at];
    of_self[at] = of_indices[at] = both;
  }
  return self->expand(of_self).gather(d, indices.expand(of_indices));
}

Tensor argwhere(In self) { return nonzero(self); }
Tensors nonzero_numpy(In self) { return torch::where(self); }

Tensor repeat_interleave(In repeats, optional<int64_t> output_size) {
  const How how(repeats.where, nullptr, "repeat_interleave");
  require(repeats, how);
  if (repeats->dim() != 1)
    refuse(repeats.where, "repeat_interleave", "repeat_interleave only accept 1D vector as repeat");
  if (repeats->scalar_type() != kLong && repeats->scalar_type() != kInt)
    refuse(repeats.where, "repeat_interleave", "repeats has to be Long or Int tensor");
  std::vector<int64_t> places;
  int64_t at = 0;
  for (int64_t n : host_integers(repeats, "repeat_interleave", repeats.where)) {
    if (n < 0) refuse(repeats.where, "repeat_interleave", "repeats can not be negative");
    places.insert(places.end(), static_cast<size_t>(n), at++);
  }
  if (output_size && *output_size != static_cast<int64_t>(places.size()))
    refuse(repeats.where, "repeat_interleave", "allocated size does not match required size");
  return record::make_tensor(host_vector(places, record::impl(repeats)->storage->home)).to(repeats->scalar_type());
}
Tensor repeat_interleave(In self, const Tensor& repeats, optional<int64_t> dim,
                         optional<int64_t> output_size) {
  Composite composite("repeat_interleave", nullptr, self.where);
  require(self, How(self.where, nullptr, "repeat_interleave"));
  require(repeats, How(self.where, nullptr, "repeat_interleave"));
  const Tensor x = dim ? self.tensor : self->reshape(-1);
  const int64_t d = wrap_dim(dim.value_or(0), x.dim(), self.where), n = x.dim() ? x.size(d) : 1;
  if (repeats.dim() > 1 || (repeats.numel() != 1 && repeats.numel() != n))
    refuse(self.where, "repeat_interleave",
           "repeats must have the same size as input along dim, "
           "but got repeats.size(0) = ",
           repeats.numel(), " and input.size(", d, ") = ", n);
  return x.index_select(
      d, repeat_interleave(repeats.reshape(-1).expand({n}).contiguous(), output_size));
}
Tensor repeat_interleave(In self, int64_t repeats, optional<int64_t> dim, optional<int64_t>) {
  Composite composite("repeat_interleave", nullptr, self.where);
  require(self, How(self.where, nullptr, "repeat_interleave"));
  if (repeats < 0) refuse(self.where, "repeat_interleave", "Repeats must be non-negative");
  if (dim && self->dim() == 0) wrap_dim(1, 1, self.where);  // a dim more than there is, libtorch says
  const Tensor x = dim ? self.tensor : self->reshape(-1);
  const int64_t d = wrap_dim(dim.value_or(0), x.dim(), self.where);
  std::vector<int64_t> sizes = x.sizes().vec();
  sizes.insert(sizes.begin() + d + 1, repeats);
  // A copy also of what is there once: no view of x.
  return x.unsqueeze(d + 1).expand(sizes).clone(MemoryFormat::Contiguous).flatten(d, d + 1);
}

// With replacement: where uniform numbers fall among the running sums. Without: the largest of
// weights over exponential numbers, which come in the order of draws.
Tensor multinomial(In self, int64_t n, bool replacement, optional<Generator> generator) {
  Composite composite("multinomial", nullptr, self.where);
  const auto fail = [&](const auto&... what) { refuse(self.where, "multinomial", what...); };
  require(self, How(self.where, nullptr, "multinomial"));
  if (self->dim() != 1 && self->dim() != 2) fail("prob_dist must be 1 or 2 dim");
  if (!self->is_floating_point())
    fail("multinomial only supports floating-point dtypes for input, got: ",
         c10::toString(self->scalar_type()));
  if (n <= 0) fail("cannot sample n_sample <= 0 samples");
  if (!replacement && n > self->size(-1))
    fail("cannot sample n_sample > prob_dist.size(-1) samples without replacement");
  const ScalarType type = op::computed_in(self->scalar_type());
  const double least = type == kDouble ? std::numeric_limits<double>::denorm_min()
                                       : std::numeric_limits<float>::denorm_min();
  const Tensor given = within(self->detach(), {0, INFINITY, op::Requirement::weight}).to(type),
               sum = within(given.sum(-1, /*keepdim=*/true),
                            {least, INFINITY, op::Requirement::weight_sum, /*closed=*/true}),
               weights = given / sum;
  if (!replacement) {
    const Tensor q = torch::empty_like(weights).exponential_(1, generator);
    return std::get<1>((weights / q).topk(n, -1));
  }
  const Tensor sums = weights.cumsum(-1);
  std::vector<int64_t> sizes = weights.sizes().vec();
  sizes.back() = n;
  const Tensor at = torch::rand(sizes, generator, weights.options()) * sums.narrow(-1, -1, 1);
  return torch::searchsorted(sums, at, false, true).clamp_max(weights.size(-1) - 1);
}
}  // namespace torch
