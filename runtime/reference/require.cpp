// What an op requires of values.
#include <cstring>

#include "runtime/reference/bad_value.h"
#include "runtime/reference/call.h"

namespace torch {
namespace reference {
namespace {
// The element as an i64, or the bits of a double.
int64_t widest(const Call& c, int64_t i) {
  int64_t bits = 0;
  op::visit_dtype(c.type(0).dtype, [&](auto zero) {
    using T = decltype(zero);
    const T x = c.in<T>(0)[i];
    if constexpr (op::DTypeOf<T>::is_float) {
      const double number = x;
      std::memcpy(&bits, &number, sizeof bits);
    } else {
      bits = static_cast<int64_t>(x);
    }
  });
  return bits;
}
}  // namespace

void require(const Call& c) {
  const bool* ok = c.in<bool>(1);
  const auto what = static_cast<op::Requirement>(op::attrs::require(c.attrs).what);
  for (int64_t i = 0, n = c.type(1).numel(); i < n; ++i)
    if (!ok[i]) throw_requirement_error(what, widest(c, i), op::is_float(c.type(0).dtype));
  if (const size_t bytes = c.result_type().bytes()) std::memcpy(c.results[0], c.operands[0], bytes);
}
}  // namespace reference
}  // namespace torch
