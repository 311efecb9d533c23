/// A number of any element type. It stays a run-time argument of what is recorded: a new value compiles nothing.
#pragma once
#include <type_traits>

#include "frontend/tensor/error.h"
#include "frontend/tensor/scalar_type.h"

namespace c10 {
class Scalar {
 public:
  Scalar() : Scalar(int64_t(0)) {}
  template <class T, class = std::enable_if_t<std::is_arithmetic<T>::value>> Scalar(T value) {
    if constexpr (std::is_same<T, bool>::value) {
      kind_ = Kind::boolean;
      integer_ = value;
    } else if constexpr (std::is_floating_point<T>::value) {
      kind_ = Kind::floating;
      floating_ = static_cast<double>(value);
    } else {
      kind_ = Kind::integral;
      integer_ = static_cast<int64_t>(value);
    }
  }
  bool isFloatingPoint() const { return kind_ == Kind::floating; }
  bool isIntegral(bool includeBool) const { return kind_ == Kind::integral || (includeBool && isBoolean()); }
  bool isBoolean() const { return kind_ == Kind::boolean; }
  bool isComplex() const { return false; }
  /// Double, Long or Bool.
  ScalarType type() const {
    return isFloatingPoint() ? ScalarType::Double : isBoolean() ? ScalarType::Bool : ScalarType::Long;
  }
  /// The value as T; an error when T cannot hold it.
  template <class T> T to() const {
    if constexpr (std::is_same<T, bool>::value) {
      return isFloatingPoint() ? floating_ != 0 : integer_ != 0;
    } else if constexpr (std::is_floating_point<T>::value) {
      return static_cast<T>(isFloatingPoint() ? floating_ : static_cast<double>(integer_));
    } else {
      const int64_t v = isFloatingPoint() ? whole() : integer_;
      check(sizeof(T) >= 8 || (v >= low<T>() && v <= high<T>()) || (std::is_unsigned<T>::value && v < 0 && v >= -high<T>()));
      return static_cast<T>(v);
    }
  }
  uint8_t toByte() const { return to<uint8_t>(); }
  int32_t toInt() const { return to<int32_t>(); }
  int64_t toLong() const { return to<int64_t>(); }
  float toFloat() const { return to<float>(); }
  double toDouble() const { return to<double>(); }
  bool toBool() const { return to<bool>(); }
  Scalar operator-() const;
  bool equal(double other) const { return toDouble() == other; }

 private:
  enum class Kind : uint8_t { integral, floating, boolean };
  template <class T> static constexpr int64_t high() {
    return sizeof(T) >= 8 ? INT64_MAX : std::is_signed<T>::value ? (int64_t(1) << (8 * sizeof(T) - 1)) - 1
                                                                 : (int64_t(1) << (8 * (sizeof(T) & 7))) - 1;
  }
  template <class T> static constexpr int64_t low() { return std::is_signed<T>::value ? -high<T>() - 1 : 0; }
  int64_t whole() const;  // of a floating value, or the error
  static void check(bool fits);
  Kind kind_ = Kind::integral;
  union {
    int64_t integer_;
    double floating_;
  };
};
std::ostream& operator<<(std::ostream& out, const Scalar& value);
}  // namespace c10
