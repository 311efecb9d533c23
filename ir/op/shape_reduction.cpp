// Reductions: the reduced dims leave the result.
#include "ir/op/shape_check.h"

namespace torch {
namespace op {
namespace rules {
namespace {
std::string reduce(const Type& x, Span<int64_t> dims, DType result, Types& results) {
  WEFT_REQUIRE(!dims.empty(), "got no dims to reduce; expected at least one");
  WEFT_CHECK(check_dims(dims, x.rank()));
  for (size_t i = 1; i < dims.size(); ++i)
    WEFT_REQUIRE(dims[i - 1] < dims[i],
                 "expected dims in ascending order; got dims=", brackets(dims));
  Dims kept;
  size_t next = 0;
  for (size_t d = 0; d < x.rank(); ++d) {
    if (next < dims.size() && dims[next] == static_cast<int64_t>(d)) {
      ++next;
    } else {
      kept.push_back(x.dims[d]);
    }
  }
  results.emplace_back(result, std::move(kept));
  return "";
}

// What has no identity (the largest of no elements) needs an element.
std::string check_not_empty(const Type& x, Span<int64_t> dims) {
  WEFT_CHECK(check_dims(dims, x.rank()));
  for (int64_t d : dims)
    WEFT_REQUIRE(x.dims[d] != 0, "Expected reduction dim ", d, " to have non-zero size: got ",
                 to_string(x.dims));
  return "";
}
}  // namespace

std::string reduction(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  return reduce(*operands[0], attrs::sum(attrs).dims, operands[0]->dtype, results);
}

std::string extremum_reduction(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  const attrs::max a(attrs);
  WEFT_CHECK(check_not_empty(*operands[0], a.dims));
  return reduce(*operands[0], a.dims, operands[0]->dtype, results);
}

std::string index_reduction(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  const int64_t dim = attrs::argmax(attrs).dim;
  WEFT_CHECK(check_not_empty(*operands[0], {&dim, 1}));
  return reduce(*operands[0], {&dim, 1}, DType::Long, results);
}
}  // namespace rules
}  // namespace op
}  // namespace torch
