#include "runtime/reference/values.h"

#include <charconv>
#include <cstdio>
#include <cstring>
#include <type_traits>

#include "ir/op/message.h"

namespace torch {
namespace reference {
namespace {

// SplitMix64 (Steele, Lea, Flood 2014).
uint64_t random_bits(uint64_t seed, uint64_t position) {
  uint64_t z = seed * 0xd1342543de82ef95u + (position + 1) * 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}

template <class Value> void fill(const op::Type& type, void* data, Value&& value) {
  op::visit_dtype(type.dtype, [&](auto zero) {
    using T = decltype(zero);
    for (int64_t i = 0, n = type.numel(); i < n; ++i)
      static_cast<T*>(data)[i] = static_cast<T>(value(static_cast<uint64_t>(i)));
  });
}

template <class T> bool same(T a, T b) {
  if constexpr (op::DTypeOf<T>::is_float)
    if (a != a && b != b) return true;
  return std::memcmp(&a, &b, sizeof a) == 0;
}

// As many digits as tell it from its neighbours, and of floating numbers the bits.
template <class T> std::string spelled(T value) {
  if constexpr (std::is_same_v<T, bool>) return value ? "True" : "False";
  else {
    char digits[64];
    const auto number = +value;
    std::string text(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
    if constexpr (op::DTypeOf<T>::is_float) {
      uint64_t word = 0;
      std::memcpy(&word, &value, sizeof value);
      std::snprintf(digits, sizeof digits, " (bits 0x%0*llx)", static_cast<int>(2 * sizeof(T)),
                    static_cast<unsigned long long>(word));
      text += digits;
    }
    return text;
  }
}

std::string position(const op::Type& type, int64_t i) {
  op::Dims index = row_major_strides(type.dims);
  for (int64_t& stride : index) {
    const int64_t rest = i % stride;
    stride = i / stride;
    i = rest;
  }
  return to_string(op::Span<int64_t>(index));
}
}  // namespace

void fill_random(const op::Type& type, uint64_t seed, double low, double high, void* data) {
  fill(type, data, [=](uint64_t i) {
    return low + (high - low) * (static_cast<double>(random_bits(seed, i) >> 11) * 0x1p-53);
  });
}

void fill_random(const op::Type& type, uint64_t seed, int64_t low, int64_t high, void* data) {
  const uint64_t span = static_cast<uint64_t>(high) - static_cast<uint64_t>(low);
  fill(type, data, [=](uint64_t i) {
    const auto product = static_cast<unsigned __int128>(random_bits(seed, i)) * span;
    return static_cast<int64_t>(static_cast<uint64_t>(low) + static_cast<uint64_t>(product >> 64));
  });
}

std::string first_difference(const op::Type& type, const void* a, const char* name_a, const void* b,
                             const char* name_b) {
  std::string text;
  op::visit_dtype(type.dtype, [&](auto zero) {
    using T = decltype(zero);
    const T *x = static_cast<const T*>(a), *y = static_cast<const T*>(b);
    int64_t first = -1, count = 0;
    for (int64_t i = 0; i < type.numel(); ++i)
      if (!same(x[i], y[i])) first = count++ ? first : i;
    if (count)
      text = op::message("differs at ", position(type, first), ": ", name_a, " gives ",
                         spelled(x[first]), ", ", name_b, " gives ", spelled(y[first]), "; ", count,
                         " of ", type.numel(), " elements differ");
  });
  return text;
}
}  // namespace reference
}  // namespace torch
