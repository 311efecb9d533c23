// Elements chosen by integer tensors.
#include "ir/op/shape_check.h"

namespace torch {
namespace op {
namespace rules {

std::string gather(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  const Type &x = *operands[0], &index = *operands[1];
  const int64_t dim = attrs::gather(attrs).dim;
  WEFT_CHECK(check_dim(dim, x.rank()));
  WEFT_CHECK(check_index("index", index));
  WEFT_REQUIRE(index.rank() == x.rank(),
               "Index tensor must have the same number of dimensions as input tensor: got ",
               to_string(index.dims), " for ", to_string(x.dims));
  for (size_t d = 0; d < x.rank(); ++d)
    WEFT_REQUIRE(static_cast<int64_t>(d) == dim || index.dims[d] <= x.dims[d],
                 "Size does not match at dimension ", d, " expected index ", brackets(index.dims),
                 " to be no larger than self ", brackets(x.dims), " apart from dimension ", dim);
  results.emplace_back(x.dtype, index.dims);
  return "";
}

std::string scatter(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  const Type &x = *operands[0], &index = *operands[1], &src = *operands[2];
  const int64_t dim = attrs::scatter(attrs).dim;
  WEFT_CHECK(check_dim(dim, x.rank()));
  WEFT_CHECK(check_index("index", index));
  WEFT_CHECK(check_same_dtype("src", x, src));
  WEFT_REQUIRE(index.rank() == x.rank(),
               "Index tensor must have the same number of dimensions as self tensor: got ",
               to_string(index.dims), " for ", to_string(x.dims));
  WEFT_REQUIRE(index.dims == src.dims, "expected index and src of one size; got ",
               to_string(index.dims), " and ", to_string(src.dims));
  for (size_t d = 0; d < x.rank(); ++d)
    WEFT_REQUIRE(static_cast<int64_t>(d) == dim || index.dims[d] <= x.dims[d], "Expected index ",
                 brackets(index.dims), " to be no larger than self ", brackets(x.dims),
                 " apart from dimension ", dim, " and to be no larger than src ",
                 brackets(src.dims));
  results.push_back(x);
  return "";
}

namespace {
std::string check_vector(const Type& index) {
  WEFT_CHECK(check_index("index", index));
  WEFT_REQUIRE(index.rank() == 1, "Index is supposed to be a vector: got ", index);
  return "";
}
}  // namespace

std::string index_select(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  const Type &x = *operands[0], &index = *operands[1];
  const int64_t dim = attrs::index_select(attrs).dim;
  WEFT_CHECK(check_dim(dim, x.rank()));
  WEFT_CHECK(check_vector(index));
  Type y = x;
  y.dims[dim] = index.dims[0];
  results.push_back(std::move(y));
  return "";
}

std::string index_add(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  const Type &x = *operands[0], &index = *operands[1], &src = *operands[2];
  const int64_t dim = attrs::index_add(attrs).dim;
  WEFT_CHECK(check_dim(dim, x.rank()));
  WEFT_CHECK(check_vector(index));
  WEFT_REQUIRE(x.dtype == src.dtype,
               "self and source expected to have the same dtype, but got (self) ",
               enum_name(x.dtype), " and (source) ", enum_name(src.dtype));
  WEFT_REQUIRE(src.rank() == x.rank(), "expected source with as many dims as self; got ",
               to_string(src.dims), " for ", to_string(x.dims));
  WEFT_REQUIRE(src.dims[dim] == index.dims[0], "Number of indices (", index.dims[0],
               ") should be equal to source.size(dim): (", src.dims[dim], "), for dim: ", dim);
  for (size_t d = 0; d < x.rank(); ++d)
    WEFT_REQUIRE(static_cast<int64_t>(d) == dim || src.dims[d] == x.dims[d],
                 "Source/destination tensor must have same slice shapes. Destination slice shape: ",
                 brackets(x.dims), " at dimension ", dim,
                 " and source slice shape: ", brackets(src.dims), " at dimension ", dim, ".");
  results.push_back(x);
  return "";
}

std::string argsort(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  const Type& x = *operands[0];
  const attrs::argsort a(attrs);
  WEFT_CHECK(check_dim(a.dim, x.rank()));
  WEFT_REQUIRE(a.count >= 0 && a.count <= x.dims[a.dim], "selected index k out of range: got count ",
               a.count, " of ", x.dims[a.dim], " elements");
  Type y(DType::Long, x.dims);
  y.dims[a.dim] = a.count;
  results.push_back(std::move(y));
  return "";
}
}  // namespace rules
}  // namespace op
}  // namespace torch
