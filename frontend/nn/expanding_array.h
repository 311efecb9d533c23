/// D numbers, given as a list of D or as one that stands for all: kernel sizes, strides, paddings.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <ostream>
#include <vector>

#include "frontend/tensor/array_ref.h"
#include "frontend/tensor/error.h"

namespace torch {

template <size_t D, typename T = int64_t> class ExpandingArray {
 public:
  /*implicit*/ ExpandingArray(std::initializer_list<T> list)
      : ExpandingArray(list.begin(), list.size()) {}
  /*implicit*/ ExpandingArray(std::vector<T> vec) : ExpandingArray(vec.data(), vec.size()) {}
  /*implicit*/ ExpandingArray(c10::ArrayRef<T> values)
      : ExpandingArray(values.data(), values.size()) {}
  /*implicit*/ ExpandingArray(T single_size) { values_.fill(single_size); }
  /*implicit*/ ExpandingArray(const std::array<T, D>& values) : values_(values) {}

  std::array<T, D>& operator*() { return values_; }
  const std::array<T, D>& operator*() const { return values_; }
  std::array<T, D>* operator->() { return &values_; }
  const std::array<T, D>* operator->() const { return &values_; }
  operator c10::ArrayRef<T>() const { return c10::ArrayRef<T>(values_.data(), D); }
  size_t size() const noexcept { return D; }

 protected:
  ExpandingArray(const T* values, size_t count) {
    WEFT_CHECK_AT(Location::none(), count == D, "Expected ", D, " values, but instead got ", count);
    std::copy(values, values + count, values_.begin());
  }
  std::array<T, D> values_;
};

/// "3" for one number, "[3, 3]" for more.
template <size_t D, typename T>
std::ostream& operator<<(std::ostream& stream, const ExpandingArray<D, T>& array) {
  if (D == 1) return stream << (*array)[0];
  return stream << static_cast<c10::ArrayRef<T>>(array);
}

/// As ExpandingArray, but each number may be absent.
template <size_t D, typename T = int64_t>
class ExpandingArrayWithOptionalElem : public ExpandingArray<D, std::optional<T>> {
 public:
  using ExpandingArray<D, std::optional<T>>::ExpandingArray;
  /*implicit*/ ExpandingArrayWithOptionalElem(std::initializer_list<T> list)
      : ExpandingArrayWithOptionalElem(list.begin(), list.size()) {}
  /*implicit*/ ExpandingArrayWithOptionalElem(std::vector<T> vec)
      : ExpandingArrayWithOptionalElem(vec.data(), vec.size()) {}
  /*implicit*/ ExpandingArrayWithOptionalElem(c10::ArrayRef<T> values)
      : ExpandingArrayWithOptionalElem(values.data(), values.size()) {}
  /*implicit*/ ExpandingArrayWithOptionalElem(T single_size)
      : ExpandingArray<D, std::optional<T>>(std::optional<T>(single_size)) {}
  /*implicit*/ ExpandingArrayWithOptionalElem(const std::array<T, D>& values)
      : ExpandingArrayWithOptionalElem(values.data(), D) {}

 private:
  ExpandingArrayWithOptionalElem(const T* values, size_t count)
      : ExpandingArray<D, std::optional<T>>(std::optional<T>()) {
    WEFT_CHECK_AT(Location::none(), count == D, "Expected ", D, " values, but instead got ", count);
    for (size_t i = 0; i < D; ++i) this->values_[i] = values[i];
  }
};

/// As for ExpandingArray; an absent number prints "None".
template <size_t D, typename T>
std::ostream& operator<<(std::ostream& stream, const ExpandingArrayWithOptionalElem<D, T>& array) {
  if (D > 1) stream << "[";
  for (size_t i = 0; i < D; ++i) {
    if (i) stream << ", ";
    if ((*array)[i]) stream << *(*array)[i];
    else stream << "None";
  }
  return D > 1 ? stream << "]" : stream;
}
}  // namespace torch
