/// Pieces of error messages.
#pragma once
#include <string>

#include "ir/op/type.h"

namespace torch {
namespace op {

/// "[2, 3]", as libtorch prints sizes.
std::string brackets(Span<int64_t> dims);
/// "2x3", as libtorch prints the sides of a product.
std::string crossed(Span<int64_t> dims);
/// "Float".
std::string enum_name(DType dtype);

inline std::string piece(const std::string& s) { return s; }
inline std::string piece(const char* s) { return s; }
inline std::string piece(int64_t v) { return std::to_string(v); }
inline std::string piece(size_t v) { return std::to_string(v); }
inline std::string piece(const Type& t) { return to_string(t); }
inline std::string piece(DType d) { return dtype_name(d); }

/// The pieces one after the other: strings, numbers, types, dtypes.
template <class... Pieces> std::string message(const Pieces&... pieces) {
  std::string s;
  (s.append(piece(pieces)), ...);
  return s;
}
}  // namespace op
}  // namespace torch
