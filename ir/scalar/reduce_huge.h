// Reduction of a huge angle modulo pi/2 (Payne and Hanek 1983): of the product mantissa * 2/pi only
// the bits below 4 quadrants and above the wanted precision are formed, in integers of the value's
// width.
#pragma once

#include "ir/scalar/log.h"

namespace torch::scalar::detail {

/// An angle quadrant*pi/2 + high + low, |high + low| <= pi/4 or a hair more.
template <class V, class I> struct Angle {
  I quadrant;
  V high, low;
};

/// Words[k..k+2] shifted left by `shift` bits with what follows, k < 2*first_step: a barrel of
/// selects.
template <class I, int N>
void take_window(I (&words)[N], const I& k, const I& shift, int first_step, int width) {
  for (int step = first_step; step > 0; step /= 2) {
    auto move = (k & step) == integer(k, step);
    for (int i = 0; i < 3 + step && i + step < N; ++i)
      words[i] = select(move, words[i + step], words[i]);
  }
  for (int i = 0; i < 3; ++i)
    words[i] = shift_left(words[i], shift) |
               shift_right_logical(shift_right_logical(words[i + 1], 1), width - 1 - shift);
}

/// mantissa * 0.w0w1w2 modulo 1 as a fraction of two words.
template <class I> struct Fraction { I high, low; };

template <class I>
Fraction<I> multiply_window(const I& mantissa, const I& w0, const I& w1, const I& w2) {
  I carry_in = multiply_high(mantissa, w2);
  I low = mantissa * w1 + carry_in;
  const I sign = shift_left(integer(low, 1), element_bits(low) - 1);
  I carry = select((low ^ sign) < (carry_in ^ sign), integer(low, 1),
                   integer(low, 0));  // unsigned low < carry_in
  return {mantissa * w0 + multiply_high(mantissa, w1) + carry, low};
}

/// fraction (a full turn is 1) as a quadrant and an angle within it. like gives the floating type.
template <class V, class I> Angle<V, I> angle_of_turns(const V& like, const Fraction<I>& turns) {
  const bool narrow = element_bits(like) == 32;
  const int width = element_bits(like);
  I quadrant =
      shift_right_logical(turns.high + shift_left(integer(turns.high, 1), width - 3), width - 2);
  I top = turns.high - shift_left(quadrant, width - 2);  // signed, in quadrants / 2^(width-2)
  // Three pieces that convert exactly: top's upper bits; its lower 8 (20) and 16 (31) of low; the
  // rest.
  const int kept = narrow ? 8 : 20, joined = narrow ? 16 : 31;
  I middle = shift_left(top & ((1ll << kept) - 1), joined) |
             shift_right_logical(turns.low, width - joined);
  I last = turns.low & ((1ll << (width - joined)) - 1);
  V a = small_to_float(like, shift_right(top, kept)) * (narrow ? 0x1p-22 : 0x1p-42);
  V b = small_to_float(like, middle) * (narrow ? 0x1p-46 : 0x1p-93);
  V c = small_to_float(like, last) * (narrow ? 0x1p-62 : 0x1p-126);
  V sum = a + b;
  V rest = (b - (sum - a)) + c;
  V high = sum + rest;
  V low = rest - (high - sum);
  V product = high * half_pi_high(like);
  V error = fma(high, half_pi_high(like), -product);
  V correction = fma(low, half_pi_high(like), fma(high, half_pi_low(like), error));
  V angle = product + correction;
  return {quadrant, angle, correction - (angle - product)};
}

/// x >= 2^16 (f32) or 2^27 (f64), else unspecified; nan for nan and infinity.
template <class V> auto reduce_huge(const V& x) {
  using I = decltype(bits(x));
  const bool narrow = element_bits(x) == 32;
  const int width = element_bits(x), mantissa_width = narrow ? 23 : 52;
  auto word = [&](std::uint64_t w) { return integer(x, static_cast<std::int64_t>(w)); };
  I i = bits(select(x < infinity, x, 1.0));
  I mantissa = (i & ((1ll << mantissa_width) - 1)) | (1ll << mantissa_width);
  // x = mantissa * 2^e; the first e - 2 bits of 2/pi give whole turns. A word of zeros stands
  // before them.
  I skip = shift_right(i, mantissa_width) - (narrow ? 127 + 23 : 1023 + 52) + (width - 2);
  I shift = skip & (width - 1), k = shift_right(skip, narrow ? 5 : 6);
  Fraction<I> turns = [&] {
    if (narrow) {
      I words[] = {word(0),          word(0xa2f9836e), word(0x4e441529), word(0xfc2757d1),
                   word(0xf534ddc0), word(0xdb629599), word(0x3c439041), word(0xfe5163ab)};
      take_window(words, k, shift, 4, width);
      return multiply_window(mantissa, words[0], words[1], words[2]);
    }
    I words[] = {word(0),
                 word(0xa2f9836e4e441529),
                 word(0xfc2757d1f534ddc0),
                 word(0xdb6295993c439041),
                 word(0xfe5163abdebbc561),
                 word(0xb7246e3a424dd2e0),
                 word(0x06492eea09d1921c),
                 word(0xfe1deb1cb129a73e),
                 word(0xe88235f52ebb4484),
                 word(0xe99c7026b45f7e41),
                 word(0x3991d639835339f4),
                 word(0x9c845f8bbdf9283b),
                 word(0x1ff897ffde05980f),
                 word(0xef2f118b5a0a6d1f),
                 word(0x6d367ecf27cb09b7),
                 word(0x4f463f669e5fea2d),
                 word(0x7527bac7ebe5f17b),
                 word(0x3d0739f78a5292ea),
                 word(0x6bfb5fb11f8d5d08),
                 word(0x56033046fc7b6bab)};
    take_window(words, k, shift, 16, width);
    return multiply_window(mantissa, words[0], words[1], words[2]);
  }();
  Angle<V, I> angle = angle_of_turns(x, turns);
  angle.high = select(x < infinity, angle.high, not_a_number);
  return angle;
}

}  // namespace torch::scalar::detail
