// Division by a number that the host knew: (n * factor) >> shift, exact for n below 2^31; where
// indices have 64 bits, division.
struct Divisor {
  I by;
  u32 factor;
  int shift;
  WEFT_INLINE Divisor(i64 number, i64 packed)
      : by(static_cast<I>(number)),
        factor(static_cast<u32>(packed)),
        shift(static_cast<int>(packed >> 32)) {}
  WEFT_INLINE I quotient(I n) const {
    if constexpr (sizeof(I) == 4) return static_cast<I>(static_cast<u64>(n) * factor >> shift);
    else return n / by;
  }
  // The last digit of n, which becomes what is before it.
  WEFT_INLINE I take_digit(I& n) const {
    const I q = quotient(n), digit = n - q * by;
    n = q;
    return digit;
  }
};
