// Tensors from nothing; infer checks that what results fits in memory's address range.
#include "ir/op/shape_check.h"

namespace torch {
namespace op {
namespace rules {

std::string constant(Span<const Type*>, const Attrs& attrs, Types& results) {
  const attrs::constant a(attrs);
  WEFT_CHECK(check_sizes(a.sizes));
  results.emplace_back(a.value.dtype, Dims(a.sizes));
  return "";
}

std::string iota(Span<const Type*>, const Attrs& attrs, Types& results) {
  const attrs::iota a(attrs);
  WEFT_CHECK(check_sizes(a.sizes));
  WEFT_CHECK(check_dim(a.dim, a.sizes.size()));
  WEFT_REQUIRE(a.dtype != DType::Bool,
               "\"iota\" not implemented for 'Bool'; expected a number type");
  results.emplace_back(a.dtype, Dims(a.sizes));
  return "";
}

namespace {
std::string check_seed(Span<const Type*> operands) {
  WEFT_CHECK(check_scalar("seed", *operands[0], DType::Long));
  return check_scalar("offset", *operands[1], DType::Long);
}
}  // namespace

std::string random(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  const attrs::random_uniform a(attrs);
  WEFT_CHECK(check_seed(operands));
  WEFT_CHECK(check_sizes(a.sizes));
  WEFT_REQUIRE(a.dtype == DType::Float || a.dtype == DType::Double,
               "expected dtype Float or Double; got ", enum_name(a.dtype));
  results.emplace_back(a.dtype, Dims(a.sizes));
  return "";
}

std::string random_bits(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  const attrs::random_bits a(attrs);
  WEFT_CHECK(check_seed(operands));
  WEFT_CHECK(check_sizes(a.sizes));
  WEFT_REQUIRE(a.dtype == DType::Long || a.dtype == DType::Int, "expected dtype Int or Long; got ",
               enum_name(a.dtype));
  results.emplace_back(a.dtype, Dims(a.sizes));
  return "";
}
}  // namespace rules
}  // namespace op
}  // namespace torch
