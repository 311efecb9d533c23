/// The values of `torch::tensor(...)`: a number, braces of numbers to any depth, a vector or an
/// ArrayRef.
#pragma once
#include <initializer_list>

#include "frontend/tensor/array_ref.h"
#include "frontend/tensor/scalar.h"

namespace torch {
class Tensor;
namespace detail {
class TensorDataContainer {
 public:
  template <class T, class = std::enable_if_t<c10::is_number_v<T>>>
  TensorDataContainer(T value)
      : dtype_(c10::CppTypeToScalarType<T>::value), kind_(Kind::scalar), scalar_(value) {}
  TensorDataContainer() : sizes_{0} {}
  /// Braces: all of one shape and one kind of number.
  TensorDataContainer(std::initializer_list<TensorDataContainer> list);
  template <class T, class = std::enable_if_t<c10::is_number_v<T>>>
  TensorDataContainer(c10::ArrayRef<T> values) {
    kind_ = Kind::tensor;
    dtype_ = c10::CppTypeToScalarType<T>::value;
    sizes_ = {static_cast<int64_t>(values.size())};
    elements_.reserve(values.size());
    for (const T& v : values) elements_.push_back(v);
  }
  template <class T, class A> TensorDataContainer(const std::vector<T, A>& values) {
    static_assert(c10::is_number_v<T>, "a vector of numbers is expected");
    kind_ = Kind::tensor;
    dtype_ = c10::CppTypeToScalarType<T>::value;
    sizes_ = {static_cast<int64_t>(values.size())};
    elements_.reserve(values.size());
    for (T v : values) elements_.push_back(v);
  }

  /// What is wrong with the braces; who uses them says so, at the user's line.
  const std::string& mistake() const { return mistake_; }
  c10::ScalarType dtype() const { return dtype_; }
  const std::vector<int64_t>& sizes() const { return sizes_; }
  size_t numel() const { return is_scalar() ? 1 : elements_.size(); }
  const c10::Scalar& operator[](size_t i) const { return is_scalar() ? scalar_ : elements_[i]; }

  // What it was made from: a number, braces, or values that lie in a row already
  bool is_scalar() const { return kind_ == Kind::scalar; }
  bool is_init_list() const { return kind_ == Kind::list; }
  bool is_tensor() const { return kind_ == Kind::tensor; }
  const c10::Scalar& scalar() const;
  /// Their elements, row-major.
  c10::ArrayRef<c10::Scalar> init_list() const;
  Tensor tensor() const;

 private:
  c10::ScalarType dtype_ = c10::ScalarType::Undefined;
  enum class Kind : uint8_t { list, scalar, tensor } kind_ = Kind::list;
  c10::Scalar scalar_;
  std::vector<int64_t> sizes_;
  std::vector<c10::Scalar> elements_;  // row-major
  std::string mistake_;
};
/// "{{1, 2}, {3, 4}}".
std::ostream& operator<<(std::ostream& out, const TensorDataContainer& values);
}  // namespace detail
}  // namespace torch
