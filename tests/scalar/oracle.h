/// Distance of a result from the true value, in units of the format's last place at the true value
/// (the denormal grid below the normal range). Infinite where the class or the sign of a zero is
/// wrong.
#pragma once

#include <mpfr.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

namespace oracle {

template <class T> inline constexpr int precision = std::numeric_limits<T>::digits;
template <class T>
inline constexpr int least_exponent = std::numeric_limits<T>::min_exponent - precision<T>;

/// The exponent of the last place of T at |want| = m * 2^exponent, 1/2 <= m < 1.
template <class T> int last_place(long exponent) {
  return static_cast<int>(std::max<long>(exponent - precision<T>, least_exponent<T>));
}

inline constexpr double wrong = std::numeric_limits<double>::infinity();

/// Against a float result: a double that is right to far less than a float's last place.
inline double ulps(float got, double want) {
  if (std::isnan(want) || std::isnan(got)) return std::isnan(want) == std::isnan(got) ? 0 : wrong;
  if (std::isinf(want) || want == 0)
    return got == want && std::signbit(got) == std::signbit(want) ? 0 : wrong;
  if (got == 0 && std::signbit(got) != std::signbit(want)) return wrong;
  const double beyond = 0x1p128;  // infinity stands for the first number that is too large
  double target = std::fmin(std::fmax(want, -beyond), beyond);
  double value = std::isinf(got) ? std::copysign(beyond, got) : got;
  std::uint64_t word;
  std::memcpy(&word, &target, sizeof word);
  int place = last_place<float>(static_cast<int>(word >> 52 & 0x7ff) - 1022);
  if (target == beyond || target == -beyond) place = 104;
  word = static_cast<std::uint64_t>(1023 - place) << 52;
  double scale;
  std::memcpy(&scale, &word, sizeof scale);
  return std::fabs(value - target) * scale;
}

/// An MPFR number that frees itself; 128 bits: 75 more than a double's.
class Exact {
 public:
  Exact() { mpfr_init2(value_, 128); }
  Exact(const Exact&) = delete;
  Exact& operator=(const Exact&) = delete;
  ~Exact() { mpfr_clear(value_); }
  mpfr_ptr get() { return value_; }

 private:
  mpfr_t value_;
};

/// Against either format: the true value in MPFR.
template <class T> double ulps(T got, mpfr_srcptr want) {
  if (mpfr_nan_p(want) || std::isnan(got)) return !!mpfr_nan_p(want) == std::isnan(got) ? 0 : wrong;
  const bool negative = mpfr_signbit(want);
  if (mpfr_inf_p(want)) return std::isinf(got) && std::signbit(got) == negative ? 0 : wrong;
  if (mpfr_zero_p(want)) return got == 0 && std::signbit(got) == negative ? 0 : wrong;
  if (got == 0 && std::signbit(got) != negative) return wrong;
  const int top = std::numeric_limits<T>::max_exponent;
  static thread_local Exact difference, value;
  if (mpfr_get_exp(want) >
      top) {  // beyond the range: infinity stands for 2^top, where the last place is known
    if (std::isinf(got)) return std::signbit(got) == negative ? 0 : wrong;
    mpfr_set_si_2exp(difference.get(), negative ? -1 : 1, top, MPFR_RNDN);
  } else {
    mpfr_set(difference.get(), want, MPFR_RNDN);
  }
  int place = std::min(last_place<T>(mpfr_get_exp(difference.get())), top - precision<T>);
  if (std::isinf(got))
    mpfr_set_si_2exp(value.get(), std::signbit(got) ? -1 : 1, top, MPFR_RNDN);
  else
    mpfr_set_d(value.get(), got, MPFR_RNDN);
  mpfr_sub(difference.get(), difference.get(), value.get(), MPFR_RNDN);
  mpfr_mul_2si(difference.get(), difference.get(), -place, MPFR_RNDN);
  return std::fabs(mpfr_get_d(difference.get(), MPFR_RNDN));
}

}  // namespace oracle
