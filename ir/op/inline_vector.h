/// A vector of trivially copyable elements that holds its first N without allocating: shapes and
/// attributes.
#pragma once
#include <cstdint>
#include <cstring>
#include <new>
#include <initializer_list>
#include <type_traits>
#include <utility>

namespace torch {
namespace op {

/// A borrowed range, as c10::ArrayRef.
template <class T> struct Span {
  const T* first = nullptr;
  size_t count = 0;
  constexpr Span() = default;
  constexpr Span(const T* p, size_t n) : first(p), count(n) {}
  template <class C,
            class = decltype(static_cast<const T*>(static_cast<const C*>(nullptr)->data()))>
  Span(const C& c) : first(c.data()), count(c.size()) {}
  Span(std::initializer_list<T> l) : first(l.begin()), count(l.size()) {}
  const T* begin() const { return first; }
  const T* end() const { return first + count; }
  const T* data() const { return first; }
  size_t size() const { return count; }
  bool empty() const { return count == 0; }
  const T& operator[](size_t i) const { return first[i]; }
  const T& back() const { return first[count - 1]; }
  friend bool operator==(Span a, Span b) {
    if (a.count != b.count) return false;
    for (size_t i = 0; i < a.count; ++i)
      if (!(a[i] == b[i])) return false;
    return true;
  }
  friend bool operator!=(Span a, Span b) { return !(a == b); }
};

template <class T, unsigned N> class InlineVector {
  static_assert(std::is_trivially_copyable<T>::value, "elements are moved as bytes");

 public:
  using value_type = T;
  InlineVector() {}
  explicit InlineVector(size_t n, T value = T()) { resize(n, value); }
  InlineVector(std::initializer_list<T> l) { assign(l.begin(), l.size()); }
  InlineVector(Span<T> s) { assign(s.data(), s.size()); }
  template <class It, class = decltype(*std::declval<It&>())> InlineVector(It b, It e) {
    for (; b != e; ++b) push_back(*b);
  }
  InlineVector(const InlineVector& o) { copy(o); }
  InlineVector(InlineVector&& o) noexcept { take(o); }
  InlineVector& operator=(const InlineVector& o) {
    if (this != &o) copy(o);
    return *this;
  }
  InlineVector& operator=(InlineVector&& o) noexcept {
    if (this != &o) {
      if (data_ != local()) release();
      take(o);
    }
    return *this;
  }
  ~InlineVector() {
    if (data_ != local()) ::operator delete(data_);
  }

  T* data() { return data_; }
  const T* data() const { return data_; }
  T* begin() { return data_; }
  T* end() { return data_ + size_; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T& operator[](size_t i) { return data_[i]; }
  const T& operator[](size_t i) const { return data_[i]; }
  T& back() { return data_[size_ - 1]; }
  const T& back() const { return data_[size_ - 1]; }
  void clear() { size_ = 0; }
  void pop_back() { --size_; }
  void push_back(T value) {
    if (size_ == capacity_) grow(size_ + 1);
    data_[size_++] = value;
  }
  void append(Span<T> s) {
    grow(size_ + s.size());
    if (s.size()) std::memcpy(static_cast<void*>(data_ + size_), s.data(), s.size() * sizeof(T));
    size_ += static_cast<uint32_t>(s.size());
  }
  void resize(size_t n, T value = T()) {
    grow(n);
    for (size_t i = size_; i < n; ++i) data_[i] = value;
    size_ = static_cast<uint32_t>(n);
  }
  void insert(size_t at, T value) {
    push_back(value);
    for (size_t i = size_ - 1; i > at; --i) data_[i] = data_[i - 1];
    data_[at] = value;
  }
  void erase(size_t at) {
    for (size_t i = at; i + 1 < size_; ++i) data_[i] = data_[i + 1];
    --size_;
  }
  friend bool operator==(const InlineVector& a, const InlineVector& b) {
    return Span<T>(a) == Span<T>(b);
  }
  friend bool operator!=(const InlineVector& a, const InlineVector& b) { return !(a == b); }

 private:
  void assign(const T* p, size_t n) {
    grow(n);
    if (n) std::memcpy(static_cast<void*>(data_), p, n * sizeof(T));
    size_ = static_cast<uint32_t>(n);
  }
  void grow(size_t n) {
    if (n <= capacity_) return;
    size_t capacity = n > 2 * size_t(capacity_) ? n : 2 * size_t(capacity_);
    T* p = static_cast<T*>(::operator new(capacity * sizeof(T)));
    if (size_) std::memcpy(static_cast<void*>(p), data_, size_ * sizeof(T));
    uint32_t size = size_;
    release();
    data_ = p;
    size_ = size;
    capacity_ = static_cast<uint32_t>(capacity);
  }
  // All inline bytes, used or not: a copy of fixed size is a few vector moves, no call.
  void copy(const InlineVector& o) {
    if (o.size_ > N) return assign(o.data(), o.size());
    std::memcpy(static_cast<void*>(data_), o.data_, sizeof(storage_));
    size_ = o.size_;
  }
  // Holds nothing of its own.
  void take(InlineVector& o) {
    size_ = std::exchange(o.size_, 0);
    if (o.data_ == o.local()) {
      std::memcpy(static_cast<void*>(data_), o.data_, sizeof(storage_));
    } else {
      data_ = std::exchange(o.data_, o.local());
      capacity_ = std::exchange(o.capacity_, N);
    }
  }
  void release() {
    if (data_ != local()) ::operator delete(data_);
    data_ = local();
    size_ = 0;
    capacity_ = N;
  }
  T* local() { return reinterpret_cast<T*>(storage_); }

  T* data_ = local();
  uint32_t size_ = 0, capacity_ = N;
  alignas(T) unsigned char storage_[N * sizeof(T)];
};

using Dims = InlineVector<int64_t, 5>;
using Attrs = InlineVector<int64_t, 8>;
}  // namespace op
}  // namespace torch
