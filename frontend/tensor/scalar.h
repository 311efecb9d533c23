/// A number of any element type. It stays a run-time argument of what is recorded: a new value
/// compiles nothing.
#pragma once
#include <limits>
#include <type_traits>

#include "frontend/tensor/error.h"
#include "frontend/tensor/scalar_type.h"

namespace c10 {
/// The types of numbers that a Scalar takes: C++'s, Half and BFloat16.
template <class T>
inline constexpr bool is_number_v = std::is_arithmetic<T>::value || std::is_same<T, Half>::value ||
                                    std::is_same<T, BFloat16>::value;
template <class T>
inline constexpr bool is_floating_v = is_number_v<T> && !std::is_integral<T>::value;

class Scalar {
 public:
  Scalar() : Scalar(int64_t(0)) {}
  template <class T, class = std::enable_if_t<is_number_v<T>>> Scalar(T value) {
    if constexpr (std::is_same<T, bool>::value) {
      kind_ = Kind::boolean;
      integer_ = value;
    } else if constexpr (is_floating_v<T>) {
      kind_ = Kind::floating;
      floating_ = static_cast<double>(value);
    } else {
      kind_ = Kind::integral;
      integer_ = static_cast<int64_t>(value);
    }
  }
  bool isFloatingPoint() const { return kind_ == Kind::floating; }
  bool isIntegral(bool includeBool) const {
    return kind_ == Kind::integral || (includeBool && isBoolean());
  }
  bool isBoolean() const { return kind_ == Kind::boolean; }
  bool isComplex() const { return false; }
  /// Double, Long or Bool.
  ScalarType type() const {
    return isFloatingPoint() ? ScalarType::Double
           : isBoolean()     ? ScalarType::Bool
                             : ScalarType::Long;
  }
  /// The value as T; an error when T cannot hold it.
  template <class T> T to(torch::Location where = torch::Location::current()) const {
    if constexpr (std::is_same<T, bool>::value) {
      return isFloatingPoint() ? floating_ != 0 : integer_ != 0;
    } else if constexpr (is_floating_v<T>) {
      const double v = isFloatingPoint() ? floating_ : static_cast<double>(integer_);
      const double most = static_cast<double>(std::numeric_limits<T>::max());
      if (std::numeric_limits<double>::max() >= v && v > most) refuse(type_name<T>(), where);
      if (-std::numeric_limits<double>::max() <= v && v < -most) refuse(type_name<T>(), where);
      return static_cast<T>(v);
    } else {
      if (isFloatingPoint() &&
          !(floating_ >= -9223372036854775808.0 && floating_ < 9223372036854775808.0))
        refuse(type_name<T>(), where);
      const int64_t v = isFloatingPoint() ? static_cast<int64_t>(floating_) : integer_;
      const bool fits = sizeof(T) >= 8 || (v >= low<T>() && v <= high<T>()) ||
                        (std::is_unsigned<T>::value && v < 0 && v >= -high<T>());
      if (!fits) refuse(type_name<T>(), where);
      return static_cast<T>(v);
    }
  }
  uint8_t toByte(torch::Location where = torch::Location::current()) const {
    return to<uint8_t>(where);
  }
  int8_t toChar(torch::Location where = torch::Location::current()) const {
    return to<int8_t>(where);
  }
  int16_t toShort(torch::Location where = torch::Location::current()) const {
    return to<int16_t>(where);
  }
  Half toHalf(torch::Location where = torch::Location::current()) const { return to<Half>(where); }
  BFloat16 toBFloat16(torch::Location where = torch::Location::current()) const {
    return to<BFloat16>(where);
  }
  int32_t toInt(torch::Location where = torch::Location::current()) const {
    return to<int32_t>(where);
  }
  int64_t toLong(torch::Location where = torch::Location::current()) const {
    return to<int64_t>(where);
  }
  float toFloat(torch::Location where = torch::Location::current()) const {
    return to<float>(where);
  }
  double toDouble() const { return isFloatingPoint() ? floating_ : static_cast<double>(integer_); }
  bool toBool() const { return isFloatingPoint() ? floating_ != 0 : integer_ != 0; }
  Scalar operator-() const;
  bool equal(double other) const { return toDouble() == other; }

 private:
  enum class Kind : uint8_t { integral, floating, boolean };
  template <class T> static constexpr int64_t high() {
    return sizeof(T) >= 8             ? INT64_MAX
           : std::is_signed<T>::value ? (int64_t(1) << (8 * sizeof(T) - 1)) - 1
                                      : (int64_t(1) << (8 * (sizeof(T) & 7))) - 1;
  }
  template <class T> static constexpr int64_t low() {
    return std::is_signed<T>::value ? -high<T>() - 1 : 0;
  }
  template <class T> static constexpr const char* type_name() {
    return std::is_same<T, Half>::value       ? "c10::Half"
           : std::is_same<T, BFloat16>::value ? "c10::BFloat16"
           : std::is_floating_point<T>::value ? "float"
           : std::is_same<T, int8_t>::value   ? "int8_t"
           : sizeof(T) == 1                   ? "uint8_t"
           : sizeof(T) == 2                   ? "int16_t"
           : sizeof(T) == 4                   ? "int"
                                              : "int64_t";
  }
  [[noreturn]] void refuse(const char* type, torch::Location where) const;
  Kind kind_ = Kind::integral;
  union {
    int64_t integer_;
    double floating_;
  };
};
std::ostream& operator<<(std::ostream& out, const Scalar& value);
}  // namespace c10
