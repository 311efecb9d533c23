/// The sizes that memory is handed out in: eight a doubling, so that at most an eighth is wasted.
#pragma once
#include <cstddef>

namespace torch {
namespace runtime {

constexpr size_t kAlignment = 64;
/// Larger blocks are mappings of their own.
constexpr size_t kSmallLimit = 32768;

/// Class c of unit u: for c < 8, (c + 1) * u; then steps of an eighth of the power of two below.
inline size_t class_of(size_t bytes, size_t unit) {
  size_t units = bytes ? (bytes - 1) / unit : 0;  // one less than the units needed
  if (units < 8) return units;
  size_t shift = 60 - static_cast<size_t>(__builtin_clzl(units));  // keeps four bits
  return shift * 8 + (units >> shift);
}
inline size_t class_bytes(size_t c, size_t unit) {
  if (c < 16) return (c + 1) * unit;
  size_t shift = c / 8 - 1;
  return ((8 + c % 8 + 1) << shift) * unit;
}
constexpr size_t kSmallClasses = 56;  // class_of(kSmallLimit, kAlignment) + 1
}  // namespace runtime
}  // namespace torch
