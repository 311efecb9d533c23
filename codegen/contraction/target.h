/// What of a CPU decides how code is generated.
#pragma once
#include <cstdint>

namespace mlir::weft::contraction {
struct Target {
  unsigned vectorBits = 256;  // of a register: 256 (AVX2 and FMA) or 512 (AVX-512)
  unsigned registers = 16;
  int64_t l1 = 32 << 10, l2 = 512 << 10;  // bytes a core
  int threads = 1;            // how many tasks shall at least keep busy; changes no bits
  static Target host(int threads);
};
}  // namespace mlir::weft::contraction
