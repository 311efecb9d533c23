#include "ir/op/type.h"

#include <algorithm>

#include "ir/op/message.h"

namespace torch {
namespace op {
namespace {
std::string joined(Span<int64_t> dims, const char* separator) {
  std::string s;
  for (size_t i = 0; i < dims.size(); ++i) s += (i ? separator : "") + std::to_string(dims[i]);
  return s;
}
}  // namespace

std::string to_string(Span<int64_t> dims) {
  return "(" + joined(dims, ", ") + (dims.size() == 1 ? ",)" : ")");
}
std::string to_string(const Type& type) {
  return std::string(dtype_name(type.dtype)) + "(" + joined(type.dims, ", ") + ")";
}
std::string brackets(Span<int64_t> dims) { return "[" + joined(dims, ", ") + "]"; }
std::string crossed(Span<int64_t> dims) { return joined(dims, "x"); }
std::string enum_name(DType dtype) {
  const DTypeInfo* row = find_dtype(dtype);
  return row ? row->enum_name : "Undefined";
}

Dims row_major_strides(Span<int64_t> dims) {
  Dims strides(dims.size(), 1);
  for (size_t i = dims.size(); i-- > 1;)
    strides[i - 1] = strides[i] * std::max<int64_t>(dims[i], 1);
  return strides;
}

bool broadcast(Span<int64_t> a, Span<int64_t> b, Dims& out) {
  const size_t rank = std::max(a.size(), b.size());
  Dims result(rank, 1);
  for (size_t i = 0; i < rank; ++i) {
    const int64_t x = i + a.size() < rank ? 1 : a[i + a.size() - rank];
    const int64_t y = i + b.size() < rank ? 1 : b[i + b.size() - rank];
    if (x != y && x != 1 && y != 1) return false;
    result[i] = x == 1 ? y : x;
  }
  out = std::move(result);
  return true;
}

bool checked_numel(Span<int64_t> dims, size_t element_bytes, int64_t& out) {
  // Strides skip empty dims, so the other sizes of an empty tensor have to fit as well.
  int64_t numel = 1, bytes = static_cast<int64_t>(element_bytes);
  for (int64_t d : dims) {
    if (d < 0 || (d > 0 && __builtin_mul_overflow(bytes, d, &bytes))) return false;
    numel *= d;
  }
  out = numel;
  return true;
}
}  // namespace op
}  // namespace torch
