#include "ir/op/shape_check.h"

#include <algorithm>

namespace torch {
namespace op {
namespace rules {

std::string check_dim(int64_t dim, size_t rank) {
  WEFT_REQUIRE(rank > 0, "Dimension specified as ", dim, " but tensor has no dimensions");
  WEFT_REQUIRE(dim >= 0 && dim < static_cast<int64_t>(rank),
               "Dimension out of range (expected to be in range of [0, ", rank - 1, "], but got ",
               dim, ")");
  return "";
}

std::string check_dims(Span<int64_t> dims, size_t rank) {
  for (int64_t d : dims) WEFT_CHECK(check_dim(d, rank));
  // More dims than the rank would repeat one, so this stays short for any list.
  for (size_t i = 0; i < dims.size(); ++i)
    for (size_t j = 0; j < i; ++j)
      WEFT_REQUIRE(dims[i] != dims[j], "dim ", dims[i],
                   " appears multiple times in the list of dims ", brackets(dims));
  return "";
}

std::string check_sizes(Span<int64_t> sizes) {
  for (int64_t d : sizes)
    WEFT_REQUIRE(d >= 0, "Trying to create tensor with negative dimension ", d, ": ",
                 brackets(sizes));
  return "";
}

std::string check_length(const char* name, Span<int64_t> list, size_t expected) {
  WEFT_REQUIRE(list.size() == expected, "expected ", name, " to have ", expected, " elements; got ",
               name, "=", brackets(list));
  return "";
}

std::string check_least(const char* name, Span<int64_t> list, int64_t least) {
  for (int64_t v : list)
    WEFT_REQUIRE(v >= least, "expected every element of ", name, " to be at least ", least,
                 "; got ", name, "=", brackets(list));
  return "";
}

std::string check_same_dtype(const char* what, const Type& x, const Type& other) {
  WEFT_REQUIRE(x.dtype == other.dtype, "expected ", what, " to have scalar type ",
               enum_name(x.dtype), "; got ", enum_name(other.dtype));
  return "";
}

std::string check_index(const char* what, const Type& type) {
  WEFT_REQUIRE(type.dtype == DType::Long || type.dtype == DType::Int,
               "Expected dtype int32/int64 for ", what, "; got ", type);
  return "";
}

std::string check_scalar(const char* what, const Type& type, DType dtype) {
  WEFT_REQUIRE(is_scalar(type) && type.dtype == dtype, "expected ", what,
               " to be a 0-dim tensor of ", dtype, "; got ", type);
  return "";
}

std::string check_starts(Span<const Type*> starts, size_t rank) {
  WEFT_REQUIRE(starts.size() == rank, "expected a start for each of ", rank, " dims; got ",
               starts.size());
  for (const Type* t : starts) WEFT_CHECK(check_scalar("start", *t, DType::Long));
  return "";
}

int64_t window_count(int64_t size, int64_t window, int64_t stride, int64_t padding,
                     int64_t dilation, bool ceil_mode) {
  using Wide = __int128;  // every attribute may be near 2^63, and dilation * window near 2^126
  const Wide room = Wide(size) + 2 * Wide(padding) - Wide(dilation) * (window - 1) - 1 +
                    (ceil_mode ? stride - 1 : 0);
  if (room < 0) return 0;
  Wide count = room / stride + 1;
  if (ceil_mode && (count - 1) * stride >= Wide(size) + padding) --count;
  return static_cast<int64_t>(std::clamp<Wide>(count, 0, INT64_MAX));
}
}  // namespace rules
}  // namespace op
}  // namespace torch
