/// The functions that are compiled twice (see variant.h), and which build this machine runs.
#pragma once
#include "runtime/reference/call.h"

namespace torch {
namespace reference {

/// y[0..n) of an elementwise op; strides in elements for y's operands. y is dense.
using Row = void (*)(void* y, const void* const* x, const int64_t* strides, int64_t n);

#define WEFT_VARIANT_FUNCTIONS                          \
  Row float_row(op::Op op);                             \
  Row double_row(op::Op op);                            \
  Row integer_row(op::Op op, op::DType dtype);          \
  void matmul(const Call&);                             \
  void conv(const Call&);                               \
  void conv_input_grad(const Call&);                    \
  void conv_weight_grad(const Call&);                   \
  void random(const Call&);

namespace baseline {
WEFT_VARIANT_FUNCTIONS
}
namespace fma {
WEFT_VARIANT_FUNCTIONS
}

/// Whether the machine runs the build with AVX2 and FMA.
inline bool has_fma() {
  static const bool found = __builtin_cpu_supports("fma") && __builtin_cpu_supports("avx2");
  return found;
}
}  // namespace reference
}  // namespace torch
