/// Arguments: special values, the neighbours of critical points, and random ones, the same in every
/// run.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

namespace scalar_test {

template <class T> struct Format;
template <> struct Format<float> {
  using Word = std::uint32_t;
  static constexpr int mantissa = 23;
};
template <> struct Format<double> {
  using Word = std::uint64_t;
  static constexpr int mantissa = 52;
};

template <class T> T from_word(typename Format<T>::Word word) {
  T value;
  std::memcpy(&value, &word, sizeof value);
  return value;
}

/// xorshift64* (Vigna 2016).
class Random {
 public:
  std::uint64_t operator()() {
    state_ ^= state_ >> 12, state_ ^= state_ << 25, state_ ^= state_ >> 27;
    return state_ * 2685821657736338717u;
  }

 private:
  std::uint64_t state_ = 88172645463325252u;
};

template <class T> std::vector<T> special_values() {
  using Limits = std::numeric_limits<T>;
  std::vector<T> values;
  for (T v : {T(0),
              Limits::denorm_min(),
              3 * Limits::denorm_min(),
              Limits::min() / 2,
              Limits::min(),
              Limits::epsilon(),
              Limits::epsilon() / 2,
              T(1) / 3,
              T(0.5),
              T(1),
              T(1.5),
              T(2),
              T(3),
              T(4),
              T(5),
              T(1001),
              T(1e10),
              Limits::max() / 2,
              Limits::max(),
              Limits::infinity(),
              Limits::quiet_NaN()})
    values.push_back(v), values.push_back(-v);
  return values;
}

/// Where a formula changes its piece, a result changes its class, or a zero of the function lies.
template <class T> std::vector<T> critical_points() {
  // clang-format off
  std::vector<double> points = {
      0x1p-126, 0x1p-1022, 0x1p-25, 0x1p-54, 1e-4, 0.25, 1 / 3., 0.3465735902799726, 0.5, 2
      / 3., 0.7071067811865476, 0.75, 1, 1.17, 4 / 3., std::sqrt(2.), 2, 3, 4, 5, 6, 7, 8,
      9, 10, 16, 17, 20, 36, 37, 40, 44, 87, 87.33654475, 88.72283911, 89.41598629,
      103.2789297, 103.9720771, 126, 127, 128, 149, 150, 151, 708.3964185, 709.7827129,
      710.4758600, 744.4400719, 745.1332192, 1022, 1023, 1024, 1074, 1075, 0x1p16, 0x1p23,
      0x1p24, 0x1p25, 0x1p27, 0x1p52, 0x1p53, 0x1p54, 100, 1000, 1e22};
  // clang-format on
  for (int k = 1; k < 200; ++k) points.push_back(k * 0.7853981633974483);
  for (int k = 0; k < 28; ++k) points.push_back(std::ldexp(1.5707963267948966, k));
  for (int k = 0; k < 30; ++k) points.push_back((k + 0.5) * 0.6931471805599453);
  // The floats and doubles that come closest to a multiple of pi/2 (Muller, Elementary Functions,
  // 3rd ed., 11.3.2).
  points.insert(points.end(), {16367173 * 0x1p72, 6381956970095103 * 0x1p797});
  std::vector<T> values;
  for (double p : points)
    for (int direction : {-1, 1}) {
      T v = T(p);
      for (int i = 0; i < 24; ++i) {
        values.push_back(v), values.push_back(-v);
        v = std::nextafter(v, direction * std::numeric_limits<T>::infinity());
      }
    }
  return values;
}

/// count values; a third with any bits, a third with a magnitude of 2^-20 to 2^10, a third below 4.
template <class T> std::vector<T> random_values(int count, Random& random) {
  using Word = typename Format<T>::Word;
  constexpr int width = Format<T>::mantissa, bias = std::numeric_limits<T>::max_exponent - 1;
  constexpr Word mantissa = (Word(1) << width) - 1, sign = ~(~Word(0) >> 1);
  std::vector<T> values;
  for (int i = 0; i < count; ++i) {
    const std::uint64_t bits = random();
    const Word word = Word(bits >> (64 - 8 * sizeof(T)));
    if (i % 3 == 0) values.push_back(from_word<T>(word));
    if (i % 3 == 1)
      values.push_back(
          from_word<T>((word & (mantissa | sign)) | Word(bias - 20 + random() % 31) << width));
    if (i % 3 == 2) values.push_back(std::ldexp(T(std::int64_t(bits) >> 11), 2 - 52));
  }
  return values;
}

}  // namespace scalar_test
