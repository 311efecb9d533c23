// To another element type. A floating value outside of the integer type's range, or nan, becomes
// what x86 makes of it: the smallest integer (for types of 8 and 16 bits, the low bits of the
// conversion to int). f16 and bf16 are reached, and left, through f32.
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
  else if constexpr (op::DTypeOf<From>::is_half && !op::DTypeOf<To>::is_half)
    return convert<To>(static_cast<float>(x));
  else if constexpr (op::DTypeOf<To>::is_half)
    return static_cast<To>(static_cast<float>(x));
  else if constexpr (std::is_floating_point<From>::value && sizeof(To) < sizeof(int32_t))
    return static_cast<To>(truncate<int32_t>(x));
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
