/// c10::irange: `for (auto i : c10::irange(n))`.
#pragma once
#include <type_traits>

namespace c10 {
template <typename T>
class integer_range {
 public:
  struct iterator {
    T value;
    T operator*() const { return value; }
    iterator& operator++() {
      ++value;
      return *this;
    }
    bool operator!=(const iterator& other) const { return value != other.value; }
  };
  integer_range(T begin, T end) : begin_(begin), end_(end < begin ? begin : end) {}
  iterator begin() const { return {begin_}; }
  iterator end() const { return {end_}; }

 private:
  T begin_, end_;
};
/// The integers from begin to end - 1; none if end is smaller.
template <typename A, typename B,
          typename = std::enable_if_t<std::is_integral<A>::value && std::is_integral<B>::value>>
integer_range<B> irange(A begin, B end) {
  return {static_cast<B>(begin), end};
}
/// The integers from 0 to end - 1.
template <typename T, typename = std::enable_if_t<std::is_integral<T>::value>>
integer_range<T> irange(T end) {
  return {T(0), end};
}
}  // namespace c10
