/// A quick 128-bit hash of words, for tables whose hits compare the words themselves.
#pragma once
#include <cstdint>

namespace torch {
namespace record {

inline uint64_t mix(uint64_t a, uint64_t b) {
  const unsigned __int128 p =
      static_cast<unsigned __int128>(a ^ 0x9e3779b97f4a7c15ull) * (b ^ 0xe7037ed1a0b428dbull);
  return static_cast<uint64_t>(p) ^ static_cast<uint64_t>(p >> 64);
}

struct Hash128 {
  uint64_t low = 0x243f6a8885a308d3ull, high = 0x13198a2e03707344ull;
  void add(uint64_t word) {
    low = mix(low, word);
    high = mix(high + word, 0xa4093822299f31d0ull);
  }
  friend bool operator==(Hash128 a, Hash128 b) { return a.low == b.low && a.high == b.high; }
};
}  // namespace record
}  // namespace torch
