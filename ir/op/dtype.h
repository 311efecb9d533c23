/// Element types: one row each. Nothing here or elsewhere in ir/op includes MLIR.
#pragma once
#include <cstddef>
#include <cstdint>

#include "ir/op/half.h"

// X(enumerator, C++ type, name in the IR, name in messages, bits, is floating, is signed). The
// numbers of the enumerators are libtorch's. The complex types become rows here.
#define WEFT_DTYPES(X)                                                \
  X(Byte, uint8_t, "ui8", "unsigned char", 8, false, false)           \
  X(Char, int8_t, "i8", "signed char", 8, false, true)                \
  X(Short, int16_t, "i16", "short", 16, false, true)                  \
  X(Int, int32_t, "i32", "int", 32, false, true)                      \
  X(Long, int64_t, "i64", "long", 64, false, true)                    \
  X(Half, ::c10::Half, "f16", "c10::Half", 16, true, true)            \
  X(Float, float, "f32", "float", 32, true, true)                     \
  X(Double, double, "f64", "double", 64, true, true)                  \
  X(Bool, bool, "i1", "bool", 8, false, false)                        \
  X(BFloat16, ::c10::BFloat16, "bf16", "c10::BFloat16", 16, true, true)

namespace c10 {
enum class ScalarType : int8_t {
  Byte = 0,
  Char,
  Short,
  Int,
  Long,
  Half,
  Float,
  Double,
  ComplexHalf,
  ComplexFloat,
  ComplexDouble,
  Bool,
  QInt8,
  QUInt8,
  QInt32,
  BFloat16,
  Float8_e5m2 = 23,
  Float8_e4m3fn,
  Float8_e5m2fnuz,
  Float8_e4m3fnuz,
  UInt16,
  UInt32,
  UInt64,
  Undefined = 127
};
}  // namespace c10

namespace torch {
namespace op {
using DType = c10::ScalarType;

struct DTypeInfo {
  DType dtype;
  const char* ir_name;   // as in tensor<4xf32>
  const char* name;      // as libtorch says it: "float"
  const char* enum_name; // "Float"
  int bytes;             // in memory; bool takes one
  bool is_float;
  bool is_signed;
};

/// The row of `dtype`; null when this build has none.
inline const DTypeInfo* find_dtype(DType dtype) {
  switch (dtype) {
#define WEFT_ROW(E, T, IR, NAME, BITS, F, S)                                              \
  case DType::E: {                                                                        \
    static constexpr DTypeInfo row = {DType::E, IR, NAME, #E, BITS / 8, F, S};            \
    return &row;                                                                          \
  }
    WEFT_DTYPES(WEFT_ROW)
#undef WEFT_ROW
    default: return nullptr;
  }
}
inline bool is_float(DType d) { auto* r = find_dtype(d); return r && r->is_float; }
inline bool is_integral(DType d, bool include_bool) {
  auto* r = find_dtype(d);
  return r && !r->is_float && (include_bool || d != DType::Bool);
}
inline size_t dtype_bytes(DType d) {
  auto* r = find_dtype(d);
  return r ? static_cast<size_t>(r->bytes) : 0;
}
inline const char* dtype_name(DType d) {
  auto* r = find_dtype(d);
  return r ? r->name : "undefined";
}

/// f16 and bf16: kept in 16 bits, computed in f32.
inline bool is_half(DType d) { return d == DType::Half || d == DType::BFloat16; }
/// The type in which numbers of `d` are computed (libtorch's op-math type).
inline DType computed_in(DType d) { return is_half(d) ? DType::Float : d; }

/// Of an element's C++ type: its row's number, and whether it is a floating type.
template <class T> struct DTypeOf;
#define WEFT_OF(E, T, IR, NAME, BITS, F, S)  \
  template <> struct DTypeOf<T> {            \
    static constexpr DType value = DType::E; \
    static constexpr bool is_float = F;      \
    static constexpr bool is_half = F && BITS == 16; \
  };
WEFT_DTYPES(WEFT_OF)
#undef WEFT_OF

/// Calls `f(T())` with the C++ type of `dtype`; false when there is none.
template <class F> bool visit_dtype(DType dtype, F&& f) {
  switch (dtype) {
#define WEFT_CASE(E, T, ...) case DType::E: f(T()); return true;
    WEFT_DTYPES(WEFT_CASE)
#undef WEFT_CASE
    default: return false;
  }
}
/// The same for the types that numbers are computed in (not f16 and bf16).
template <class F> bool visit_computed(DType dtype, F&& f) {
  return visit_dtype(dtype, [&](auto zero) {
    if constexpr (!DTypeOf<decltype(zero)>::is_half) f(zero);
  });
}
}  // namespace op
}  // namespace torch
