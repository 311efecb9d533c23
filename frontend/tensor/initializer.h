/// The values of `torch::tensor(...)`: a number, braces of numbers to any depth, a vector or an
/// ArrayRef.
#pragma once
#include <initializer_list>

#include "frontend/tensor/array_ref.h"
#include "frontend/tensor/scalar.h"

namespace torch {
namespace detail {
class Initializer {
 public:
  template <class T, class = std::enable_if_t<c10::is_number_v<T>>>
  Initializer(T value)
      : dtype_(c10::CppTypeToScalarType<T>::value), is_scalar_(true), scalar_(value) {}
  /// Braces: all of one shape and one kind of number.
  Initializer(std::initializer_list<Initializer> list);
  template <class T, class = std::enable_if_t<c10::is_number_v<T>>>
  Initializer(c10::ArrayRef<T> values) {
    dtype_ = c10::CppTypeToScalarType<T>::value;
    sizes_ = {static_cast<int64_t>(values.size())};
    elements_.reserve(values.size());
    for (const T& v : values) elements_.push_back(v);
  }
  template <class T, class A> Initializer(const std::vector<T, A>& values) {
    static_assert(c10::is_number_v<T>, "a vector of numbers is expected");
    dtype_ = c10::CppTypeToScalarType<T>::value;
    sizes_ = {static_cast<int64_t>(values.size())};
    elements_.reserve(values.size());
    for (T v : values) elements_.push_back(v);
  }

  /// What is wrong with the braces; who uses them says so, at the user's line.
  const std::string& mistake() const { return mistake_; }
  c10::ScalarType dtype() const { return dtype_; }
  const std::vector<int64_t>& sizes() const { return sizes_; }
  size_t numel() const { return is_scalar_ ? 1 : elements_.size(); }
  const c10::Scalar& operator[](size_t i) const { return is_scalar_ ? scalar_ : elements_[i]; }

 private:
  c10::ScalarType dtype_ = c10::ScalarType::Undefined;
  bool is_scalar_ = false;
  c10::Scalar scalar_;
  std::vector<int64_t> sizes_;
  std::vector<c10::Scalar> elements_;  // row-major
  std::string mistake_;
};
}  // namespace detail
}  // namespace torch
