/// The type of a tensor value: element type and static shape.
#pragma once
#include <string>
#include <vector>

#include "ir/op/dtype.h"
#include "ir/op/inline_vector.h"

namespace torch {
namespace op {

struct Type {
  DType dtype = DType::Undefined;
  Dims dims;

  Type() = default;
  Type(DType d, Dims s) : dtype(d), dims(std::move(s)) {}
  size_t rank() const { return dims.size(); }
  /// Number of elements (of checked shapes: the product fits).
  int64_t numel() const {
    int64_t n = 1;
    for (int64_t d : dims) n *= d;
    return n;
  }
  size_t bytes() const { return static_cast<size_t>(numel()) * dtype_bytes(dtype); }
  friend bool operator==(const Type& a, const Type& b) {
    return a.dtype == b.dtype && a.dims == b.dims;
  }
  friend bool operator!=(const Type& a, const Type& b) { return !(a == b); }
};

/// "(64, 128)".
std::string to_string(Span<int64_t> dims);
/// "float(64, 128)".
std::string to_string(const Type& type);

/// Row-major strides, in elements.
Dims row_major_strides(Span<int64_t> dims);
/// NumPy broadcasting of two shapes; false when they do not fit.
bool broadcast(Span<int64_t> a, Span<int64_t> b, Dims& out);
/// Product of the sizes; false when a size is negative or the product times `element_bytes`
/// overflows 2^63.
bool checked_numel(Span<int64_t> dims, size_t element_bytes, int64_t& out);
}  // namespace op
}  // namespace torch
