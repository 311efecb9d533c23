// To another element type. A floating value outside of the integer type's range, or nan, becomes
// what x86 makes of it: the smallest integer (for unsigned char, the low byte of the conversion to
// int).
#include <limits>

#include "runtime/reference/call.h"

namespace torch {
namespace reference {
namespace {

template <class To, class From> To truncate(From x) {
  const From limit = -static_cast<From>(std::numeric_limits<To>::min());
  return x >= -limit && x < limit ? static_cast<To>(x) : std::numeric_limits<To>::min();
}

template <class To, class From> To convert(From x) {
  if constexpr (std::is_same<To, bool>::value)
    return x != From(0);
  else if constexpr (std::is_floating_point<From>::value && std::is_same<To, uint8_t>::value)
    return static_cast<uint8_t>(truncate<int32_t>(x));
  else if constexpr (std::is_floating_point<From>::value && std::is_integral<To>::value)
    return truncate<To>(x);
  else
    return static_cast<To>(x);
}
}  // namespace

void cast(const Call& c) {
  const int64_t n = c.result_type().numel();
  op::visit_dtype(c.type(0).dtype, [&](auto from) {
    op::visit_dtype(c.result_type().dtype, [&](auto to) {
      using From = decltype(from);
      using To = decltype(to);
      const From* x = c.in<From>(0);
      To* y = c.out<To>();
      for (int64_t i = 0; i < n; ++i) y[i] = convert<To>(x[i]);
    });
  });
}
}  // namespace reference
}  // namespace torch
