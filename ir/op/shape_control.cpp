// Gradients, saved values and loops.
#include "ir/op/requirement.h"
#include "ir/op/shape_check.h"

namespace torch {
namespace op {
namespace rules {

std::string grad(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  const int64_t outputs = attrs::grad(attrs).num_outputs;
  const size_t n = static_cast<size_t>(outputs);
  WEFT_REQUIRE(outputs >= 1 && n <= operands.size() / 2, "expected 1 to ", operands.size() / 2,
               " outputs for ", operands.size(),
               " operands (outputs, as many cotangents, then wrt); got num_outputs=", outputs);
  for (size_t i = 0; i < operands.size(); ++i)
    WEFT_REQUIRE(is_float(operands[i]->dtype), "expected operands of floating point type; got ",
                 *operands[i], " as operand ", i);
  for (size_t i = 0; i < n; ++i)
    WEFT_REQUIRE(*operands[i] == *operands[n + i], "Mismatch in shape: grad_output[", i,
                 "] has a shape of ", brackets(operands[n + i]->dims), " and output[", i,
                 "] has a shape of ", brackets(operands[i]->dims), ".: got ", *operands[n + i],
                 "; expected ", *operands[i]);
  for (size_t i = 2 * n; i < operands.size(); ++i) results.push_back(*operands[i]);
  return "";
}

std::string cached(Span<const Type*> operands, const Attrs&, Types& results) {
  WEFT_REQUIRE(*operands[0] == *operands[1], "expected computed and known of one type; got ",
               *operands[0], " and ", *operands[1]);
  results.push_back(*operands[1]);
  return "";
}

std::string detach(Span<const Type*> operands, const Attrs&, Types& results) {
  results.push_back(*operands[0]);
  return "";
}

std::string require(Span<const Type*> operands, const Attrs& attrs, Types& results) {
  const int64_t what = attrs::require(attrs).what,
                count = static_cast<int64_t>(Requirement::count);
  const Type expected(DType::Bool, operands[0]->dims);
  WEFT_REQUIRE(*operands[1] == expected, "expected ok to be ", expected, "; got ", *operands[1]);
  WEFT_REQUIRE(what >= 0 && what < count, "expected what to be the number of a requirement, 0 to ",
               count - 1, "; got ", what);
  results.push_back(*operands[0]);
  return "";
}
}  // namespace rules

using rules::check_same_dtype;

std::string infer_scan(Span<const Type*> operands, const Attrs& attrs, Span<Type> body_inputs,
                       Span<Type> body_outputs, Types& results) {
  results.clear();
  WEFT_REQUIRE(attrs.size() == 3, "malformed attributes");
  const attrs::scan a(attrs);
  const size_t count = operands.size();
  const size_t carried = static_cast<size_t>(a.num_carried),
               stacked = static_cast<size_t>(a.num_stacked);
  WEFT_REQUIRE(
      a.num_carried >= 0 && a.num_stacked >= 0 && carried <= count && stacked <= count - carried,
      "expected at least num_carried + num_stacked operands; got ", count,
      " operands, num_carried=", a.num_carried, ", num_stacked=", a.num_stacked);
  WEFT_REQUIRE(stacked > 0,
               "expected a stacked operand, which says how many steps there are; got none");
  WEFT_REQUIRE(body_inputs.size() == count, "expected a body with ", count, " arguments; got ",
               body_inputs.size());
  WEFT_REQUIRE(body_outputs.size() >= carried, "expected a body that yields at least the ", carried,
               " next states; got ", body_outputs.size(), " values");
  int64_t steps = 0;
  for (size_t i = 0; i < count; ++i) {
    Type expected = *operands[i];
    if (i >= carried && i < carried + stacked) {
      WEFT_REQUIRE(expected.rank() > 0, "expected stacked operand ", i,
                   " to have a leading dim; got ", expected);
      if (i == carried) steps = expected.dims[0];
      WEFT_REQUIRE(expected.dims[0] == steps, "expected ", steps, " steps of stacked operand ", i,
                   "; got ", expected);
      expected.dims.erase(0);
    }
    WEFT_REQUIRE(body_inputs[i] == expected, "expected argument ", i, " of the body to be ",
                 expected, "; got ", body_inputs[i]);
  }
  for (size_t i = 0; i < body_outputs.size(); ++i) {
    Type y = body_outputs[i];
    if (i < carried) {
      WEFT_REQUIRE(y == *operands[i], "expected next state ", i, " to be ", *operands[i],
                   " as the initial one; got ", y);
    } else {
      y.dims.insert(0, steps);
      int64_t numel;
      WEFT_REQUIRE(checked_numel(y.dims, dtype_bytes(y.dtype), numel),
                   "Storage size calculation overflowed with sizes=", brackets(y.dims));
    }
    results.push_back(std::move(y));
  }
  return "";
}
}  // namespace op
}  // namespace torch
