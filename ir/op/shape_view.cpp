// Views: elements move about, nothing is computed.
#include <limits>

#include "ir/op/shape_check.h"

namespace torch {
namespace op {
namespace rules {

std::string reshape(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  const Type& x = *operands[0];
  const attrs::reshape a(attrs);
  for (size_t i = 0; i < a.sizes.size(); ++i)
    WEFT_REQUIRE(a.sizes[i] >= 0, "invalid shape dimension ", a.sizes[i], " at index ", i,
                 " of shape ", brackets(a.sizes));
  int64_t numel;
  WEFT_REQUIRE(checked_numel(a.sizes, 1, numel) && numel == x.numel(), "shape '", brackets(a.sizes),
               "' is invalid for input of size ", x.numel(), ": got ", to_string(x.dims));
  results.emplace_back(x.dtype, Dims(a.sizes));
  return "";
}

std::string permute(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  const Type& x = *operands[0];
  const attrs::permute a(attrs);
  WEFT_REQUIRE(a.permutation.size() == x.rank(),
               "number of dimensions in the tensor input does not match the length of the "
               "desired ordering of dimensions i.e. input.dim() = ",
               x.rank(), " is not equal to len(dims) = ", a.permutation.size());
  Dims dims, seen(x.rank(), 0);
  for (int64_t d : a.permutation) {
    WEFT_CHECK(check_dim(d, x.rank()));
    WEFT_REQUIRE(seen[d]++ == 0, "permute(): duplicate dims are not allowed.: got ",
                 brackets(a.permutation));
    dims.push_back(x.dims[d]);
  }
  results.emplace_back(x.dtype, std::move(dims));
  return "";
}

std::string expand(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  const Type& x = *operands[0];
  const attrs::expand a(attrs);
  WEFT_REQUIRE(a.sizes.size() >= x.rank(), "expand: the number of sizes provided (", a.sizes.size(),
               ") must be greater or equal to the number of dimensions in the tensor (", x.rank(),
               ")");
  const size_t lead = a.sizes.size() - x.rank();
  for (size_t i = 0; i < a.sizes.size(); ++i) {
    WEFT_REQUIRE(a.sizes[i] >= 0, "The expanded size of the tensor (", a.sizes[i],
                 ") isn't allowed in dimension ", i, ".  Target sizes: ", brackets(a.sizes));
    WEFT_REQUIRE(i < lead || x.dims[i - lead] == 1 || x.dims[i - lead] == a.sizes[i],
                 "The expanded size of the tensor (", a.sizes[i],
                 ") must match the existing size (", x.dims[i - lead],
                 ") at non-singleton dimension ", i, ".  Target sizes: ", brackets(a.sizes),
                 ".  Tensor sizes: ", brackets(x.dims));
  }
  results.emplace_back(x.dtype, Dims(a.sizes));
  return "";
}

std::string flip(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  WEFT_CHECK(check_dims(attrs::flip(attrs).dims, operands[0]->rank()));
  results.push_back(*operands[0]);
  return "";
}

namespace {
// `sizes` elements, every `steps`-th, have room in a tensor of shape `dims`.
std::string check_slices(Span<int64_t> dims, Span<int64_t> sizes, Span<int64_t> steps) {
  WEFT_CHECK(check_length("sizes", sizes, dims.size()));
  WEFT_CHECK(check_length("steps", steps, dims.size()));
  WEFT_CHECK(check_sizes(sizes));
  for (size_t i = 0; i < dims.size(); ++i) {
    WEFT_REQUIRE(steps[i] > 0, "slice step must be positive: got steps=", brackets(steps));
    WEFT_REQUIRE(sizes[i] == 0 || static_cast<__int128>(sizes[i] - 1) * steps[i] < dims[i],
                 "a slice of ", sizes[i], " elements with step ", steps[i], " exceeds dimension ",
                 i, " of size ", dims[i]);
  }
  return "";
}

Span<const Type*> from(Span<const Type*> operands, size_t n) {
  return {operands.data() + n, operands.size() - n};
}
}  // namespace

std::string slice(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  WEFT_REQUIRE(!operands.empty(), "got no operands; expected a tensor and a start for each dim");
  const Type& x = *operands[0];
  const attrs::slice a(attrs);
  WEFT_CHECK(check_starts(from(operands, 1), x.rank()));
  WEFT_CHECK(check_slices(x.dims, a.sizes, a.steps));
  results.emplace_back(x.dtype, Dims(a.sizes));
  return "";
}

std::string insert(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  WEFT_REQUIRE(operands.size() >= 2, "got ", operands.size(),
               " operands; expected a tensor, an update and a start for each dim");
  const Type &x = *operands[0], &update = *operands[1];
  WEFT_CHECK(check_same_dtype("update", x, update));
  WEFT_REQUIRE(update.rank() == x.rank(),
               "expected an update with as many dims as the tensor; got ", to_string(update.dims),
               " for ", to_string(x.dims));
  WEFT_CHECK(check_starts(from(operands, 2), x.rank()));
  WEFT_CHECK(check_slices(x.dims, update.dims, attrs::insert(attrs).steps));
  results.push_back(x);
  return "";
}

std::string pad(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  const Type& x = *operands[0];
  const attrs::pad a(attrs);
  WEFT_CHECK(check_scalar("padding value", *operands[1], x.dtype));
  for (auto [name, list] : {std::pair{"low", a.low}, {"high", a.high}, {"interior", a.interior}}) {
    WEFT_CHECK(check_length(name, list, x.rank()));
    WEFT_CHECK(check_least(name, list, 0));
  }
  Dims dims;
  for (size_t i = 0; i < x.rank(); ++i) {
    const __int128 gaps = x.dims[i] > 0 ? static_cast<__int128>(x.dims[i] - 1) * a.interior[i] : 0;
    const __int128 size = gaps + x.dims[i] + a.low[i] + a.high[i];
    WEFT_REQUIRE(size <= std::numeric_limits<int64_t>::max(), "the padded size of dimension ", i,
                 " overflows: got low=", brackets(a.low), ", high=", brackets(a.high),
                 ", interior=", brackets(a.interior));
    dims.push_back(static_cast<int64_t>(size));
  }
  results.emplace_back(x.dtype, std::move(dims));
  return "";
}

std::string concat(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  WEFT_REQUIRE(!operands.empty(), "torch.cat(): expected a non-empty list of Tensors");
  const int64_t dim = attrs::concat(attrs).dim;
  for (size_t i = 0; i < operands.size(); ++i)
    WEFT_REQUIRE(operands[i]->rank() > 0, "zero-dimensional tensor (at position ", i,
                 ") cannot be concatenated");
  Type y = *operands[0];
  WEFT_CHECK(check_dim(dim, y.rank()));
  for (size_t i = 1; i < operands.size(); ++i) {
    const Type& x = *operands[i];
    WEFT_CHECK(check_same_dtype("every tensor", y, x));
    WEFT_REQUIRE(x.rank() == y.rank(), "Tensors must have same number of dimensions: got ",
                 y.rank(), " and ", x.rank());
    for (size_t d = 0; d < y.rank(); ++d)
      WEFT_REQUIRE(static_cast<int64_t>(d) == dim || x.dims[d] == y.dims[d],
                   "Sizes of tensors must match except in dimension ", dim, ". Expected size ",
                   y.dims[d], " but got size ", x.dims[d], " for tensor number ", i,
                   " in the list.");
    WEFT_REQUIRE(!__builtin_add_overflow(y.dims[dim], x.dims[dim], &y.dims[dim]),
                 "the size of dimension ", dim, " overflows: expected at most 2^63 - 1");
  }
  results.push_back(std::move(y));
  return "";
}
}  // namespace rules
}  // namespace op
}  // namespace torch
