// MurmurHash3 for x64, 128 bits (Austin Appleby, in the public domain).
#include <cstring>

#include "runtime/executable/kernel_cache.h"

namespace torch {
namespace runtime {
namespace {

uint64_t rotate(uint64_t x, int by) { return (x << by) | (x >> (64 - by)); }

uint64_t finish(uint64_t k) {
  k ^= k >> 33;
  k *= 0xff51afd7ed558ccdull;
  k ^= k >> 33;
  k *= 0xc4ceb9fe1a85ec53ull;
  return k ^ (k >> 33);
}

constexpr uint64_t kFirst = 0x87c37b91114253d5ull, kSecond = 0x4cf5ad432745937full;
uint64_t mix_first(uint64_t k) { return rotate(k * kFirst, 31) * kSecond; }
uint64_t mix_second(uint64_t k) { return rotate(k * kSecond, 33) * kFirst; }
}  // namespace

KernelKey kernel_key(std::string_view text) {
  uint64_t a = 0, b = 0, k[2];
  const char* p = text.data();
  size_t left = text.size();
  for (; left >= 16; left -= 16, p += 16) {
    std::memcpy(k, p, 16);
    a = (rotate(a ^ mix_first(k[0]), 27) + b) * 5 + 0x52dce729;
    b = (rotate(b ^ mix_second(k[1]), 31) + a) * 5 + 0x38495ab5;
  }
  k[0] = k[1] = 0;
  if (left) std::memcpy(k, p, left);
  a ^= mix_first(k[0]);
  b ^= mix_second(k[1]);
  a ^= text.size();
  b ^= text.size();
  a += b;
  b += a;
  a = finish(a);
  b = finish(b);
  a += b;
  b += a;
  return {a, b};
}
}  // namespace runtime
}  // namespace torch
