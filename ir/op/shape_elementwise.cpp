// Elementwise ops: operands broadcast as in NumPy and have one element type.
#include "ir/op/shape_check.h"

namespace torch {
namespace op {
namespace rules {
namespace {
// Folds the shape of the next operand in; the sentence names the two that do not fit.
std::string broadcast_into(Dims& dims, const Type& next) {
  if (dims == next.dims) return "";
  Dims out;
  if (broadcast(dims, next.dims, out)) {
    dims = std::move(out);
    return "";
  }
  const size_t rank = std::max(dims.size(), next.rank());
  for (size_t i = rank; i-- > 0;) {
    if (i + dims.size() < rank || i + next.rank() < rank) continue;
    const int64_t a = dims[i + dims.size() - rank], b = next.dims[i + next.rank() - rank];
    if (a != b && a != 1 && b != 1)
      return message("The size of tensor a (", a, ") must match the size of tensor b (", b,
                     ") at non-singleton dimension ", i, ": got ", to_string(dims), " and ",
                     to_string(next.dims), "; expected sizes that are equal or 1");
  }
  return "";
}

std::string broadcast_all(Span<const Type*> operands, size_t first_of_type, DType result,
                          Types& results) {
  Dims dims = operands[0]->dims;
  for (size_t i = 1; i < operands.size(); ++i) {
    if (i > first_of_type)
      WEFT_REQUIRE(operands[i]->dtype == operands[first_of_type]->dtype,
                   "expected operands of one scalar type; got ",
                   enum_name(operands[first_of_type]->dtype), " and ",
                   enum_name(operands[i]->dtype));
    WEFT_CHECK(broadcast_into(dims, *operands[i]));
  }
  results.emplace_back(result, std::move(dims));
  return "";
}
}  // namespace

std::string elementwise(Span<const Type*> operands, const Attrs&, Types& results) {
  return broadcast_all(operands, 0, operands[0]->dtype, results);
}

std::string comparison(Span<const Type*> operands, const Attrs&, Types& results) {
  return broadcast_all(operands, 0, DType::Bool, results);
}

std::string select(Span<const Type*> operands, const Attrs&, Types& results) {
  WEFT_REQUIRE(operands[0]->dtype == DType::Bool,
               "expected condition to be a boolean tensor, but got a tensor with dtype ",
               enum_name(operands[0]->dtype));
  return broadcast_all(operands, 1, operands[1]->dtype, results);
}

std::string cast(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  results.emplace_back(attrs::cast(attrs).dtype, operands[0]->dims);
  return "";
}
}  // namespace rules
}  // namespace op
}  // namespace torch
