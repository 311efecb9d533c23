/// The two 16-bit floating types, by libtorch's names. They are stored so; arithmetic is float's,
/// each result rounded to nearest, ties to even. Conversions take no instruction that a machine may
/// lack, and give the bits that x86's own (F16C) gives.
#pragma once
#include <cstdint>
#include <limits>

namespace c10 {
namespace detail {
/// A NaN stays one, with what fits of its payload.
constexpr uint16_t half_bits(float value) {
  const uint32_t word = __builtin_bit_cast(uint32_t, value), size = word & 0x7fffffff;
  const uint32_t sign = word >> 16 & 0x8000;
  if (size > 0x7f800000) return static_cast<uint16_t>(sign | 0x7e00 | (size >> 13 & 0x1ff));
  if (size >= 0x47800000) return static_cast<uint16_t>(sign | 0x7c00);
  // Below 2^-14 a half has a fixed point, at 2^-24: the last place of floats from 0.5 on.
  if (size < 0x38800000)
    return static_cast<uint16_t>(
        sign |
        (__builtin_bit_cast(uint32_t, __builtin_bit_cast(float, size) + 0.5f) - 0x3f000000));
  return static_cast<uint16_t>(sign | (size + 0xfff + (size >> 13 & 1) - 0x38000000) >> 13);
}
constexpr float half_value(uint16_t half) {
  const uint32_t sign = static_cast<uint32_t>(half & 0x8000) << 16, size = half & 0x7fff;
  uint32_t word = 0;
  if (size > 0x7c00) word = 0x7fc00000 | size << 13;
  else if (size == 0x7c00) word = 0x7f800000;
  else if (size >= 0x0400) word = (size << 13) + 0x38000000;
  else word = __builtin_bit_cast(uint32_t, static_cast<float>(size) * 0x1p-24f);
  return __builtin_bit_cast(float, sign | word);
}
constexpr uint16_t bfloat16_bits(float value) {
  const uint32_t word = __builtin_bit_cast(uint32_t, value);
  if (value != value) return static_cast<uint16_t>(word >> 16 | 0x40);
  return static_cast<uint16_t>((word + 0x7fff + (word >> 16 & 1)) >> 16);
}
constexpr float bfloat16_value(uint16_t bits) {
  return __builtin_bit_cast(float, static_cast<uint32_t>(bits) << 16);
}
}  // namespace detail

#define WEFT_HALF_CLASS(H, to_bits, to_float)                                \
  struct alignas(2) H {                                                      \
    unsigned short x;                                                        \
    struct from_bits_t {};                                                   \
    static constexpr from_bits_t from_bits() { return from_bits_t(); }       \
    H() = default;                                                           \
    constexpr H(unsigned short bits, from_bits_t) : x(bits) {}               \
    constexpr H(float value) : x(detail::to_bits(value)) {}                  \
    constexpr operator float() const { return detail::to_float(x); }         \
  };                                                                         \
  constexpr H operator-(H a) {                                               \
    return H(static_cast<unsigned short>(a.x ^ 0x8000), H::from_bits());     \
  }
/// IEEE binary16: 5 bits of exponent, 10 of fraction.
WEFT_HALF_CLASS(Half, half_bits, half_value)
/// The upper half of a float: 8 bits of exponent, 7 of fraction.
WEFT_HALF_CLASS(BFloat16, bfloat16_bits, bfloat16_value)
#undef WEFT_HALF_CLASS

// Among themselves and with integers they stay what they are; with float and double they become it.
#define WEFT_HALF_WIDER(H, op, Wide)                                                  \
  constexpr Wide operator op(H a, Wide b) { return static_cast<float>(a) op b; }      \
  constexpr Wide operator op(Wide a, H b) { return a op static_cast<float>(b); }
#define WEFT_HALF_INTEGER(H, op, Integer)                                             \
  constexpr H operator op(H a, Integer b) { return a op H(static_cast<float>(b)); }   \
  constexpr H operator op(Integer a, H b) { return H(static_cast<float>(a)) op b; }
#define WEFT_HALF_ARITHMETIC(H, op)                                                   \
  constexpr H operator op(H a, H b) {                                                 \
    return H(static_cast<float>(a) op static_cast<float>(b));                         \
  }                                                                                   \
  constexpr H& operator op##=(H& a, H b) { return a = a op b; }                       \
  constexpr float& operator op##=(float& a, H b) { return a = a op static_cast<float>(b); } \
  WEFT_HALF_WIDER(H, op, float)                                                       \
  WEFT_HALF_WIDER(H, op, double)                                                      \
  WEFT_HALF_INTEGER(H, op, int)                                                       \
  WEFT_HALF_INTEGER(H, op, int64_t)
#define WEFT_HALF_OPERATORS(H) \
  WEFT_HALF_ARITHMETIC(H, +)   \
  WEFT_HALF_ARITHMETIC(H, -)   \
  WEFT_HALF_ARITHMETIC(H, *)   \
  WEFT_HALF_ARITHMETIC(H, /)
WEFT_HALF_OPERATORS(Half)
WEFT_HALF_OPERATORS(BFloat16)
#undef WEFT_HALF_OPERATORS
#undef WEFT_HALF_ARITHMETIC
#undef WEFT_HALF_INTEGER
#undef WEFT_HALF_WIDER
}  // namespace c10

namespace std {
#define WEFT_HALF_LIMITS(H, bits_, digits10_, max_digits10_, exponents, lowest_, least, most, step,  \
                         infinite, quiet, signaling, smallest)                                       \
  template <> class numeric_limits<c10::H> {                                                         \
    static constexpr c10::H of(unsigned short bits) { return {bits, c10::H::from_bits()}; }          \
                                                                                                     \
   public:                                                                                           \
    static constexpr bool is_specialized = true, is_signed = true, is_integer = false,               \
                          is_exact = false, has_infinity = true, has_quiet_NaN = true,               \
                          has_signaling_NaN = true, is_iec559 = exponents == 5,                        \
                          is_bounded = true,                                                         \
                          is_modulo = false, traps = false, tinyness_before = false;                 \
    static constexpr auto has_denorm = denorm_present;                                               \
    static constexpr bool has_denorm_loss = false;                                                   \
    static constexpr auto round_style = round_to_nearest;                                            \
    static constexpr int radix = 2, digits = bits_, digits10 = digits10_,                            \
                         max_digits10 = max_digits10_, max_exponent = 1 << (exponents - 1),          \
                         min_exponent = 3 - max_exponent, max_exponent10 = exponents == 5 ? 4 : 38,  \
                         min_exponent10 = exponents == 5 ? -4 : -37;                                 \
    static constexpr c10::H min() { return of(least); }                                              \
    static constexpr c10::H max() { return of(most); }                                               \
    static constexpr c10::H lowest() { return of(lowest_); }                                         \
    static constexpr c10::H epsilon() { return of(step); }                                           \
    static constexpr c10::H round_error() { return c10::H(0.5f); }                                   \
    static constexpr c10::H infinity() { return of(infinite); }                                      \
    static constexpr c10::H quiet_NaN() { return of(quiet); }                                        \
    static constexpr c10::H signaling_NaN() { return of(signaling); }                                \
    static constexpr c10::H denorm_min() { return of(smallest); }                                    \
  };
WEFT_HALF_LIMITS(Half, 11, 3, 5, 5, 0xfbff, 0x0400, 0x7bff, 0x1400, 0x7c00, 0x7e00, 0x7d00, 1)
WEFT_HALF_LIMITS(BFloat16, 8, 2, 4, 8, 0xff7f, 0x0080, 0x7f7f, 0x3c00, 0x7f80, 0x7fc0, 0x7fa0, 1)
#undef WEFT_HALF_LIMITS
}  // namespace std
