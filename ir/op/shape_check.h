/// Checks that several shape rules share. Each returns "" or the sentence; internal to ir/op.
#pragma once
#include <string>

#include "ir/op/message.h"
#include "ir/op/op.h"
#include "ir/op/shape.h"

namespace torch {
namespace op {
namespace rules {

/// Leaves the calling rule with the sentence of a failed check.
#define WEFT_CHECK(...)                                        \
  do {                                                         \
    if (std::string error = (__VA_ARGS__); !error.empty()) return error; \
  } while (false)
/// Leaves the calling rule with a message when the condition does not hold.
#define WEFT_REQUIRE(condition, ...) \
  do {                               \
    if (!(condition)) return message(__VA_ARGS__); \
  } while (false)

/// `dim` is one of 0 .. rank - 1.
std::string check_dim(int64_t dim, size_t rank);
/// `dims` are different dims of 0 .. rank - 1.
std::string check_dims(Span<int64_t> dims, size_t rank);
/// `dims` are the sizes of a tensor.
std::string check_sizes(Span<int64_t> sizes);
/// Attribute `name` has `expected` elements.
std::string check_length(const char* name, Span<int64_t> list, size_t expected);
/// Every element of attribute `name` is at least `least`.
std::string check_least(const char* name, Span<int64_t> list, int64_t least);
/// Operand `what` has the element type of x.
std::string check_same_dtype(const char* what, const Type& x, const Type& other);
/// Operand `what` holds indices: i64 or i32.
std::string check_index(const char* what, const Type& type);
/// Operand `what` is a 0-dim tensor of this element type.
std::string check_scalar(const char* what, const Type& type, DType dtype);
/// One 0-dim i64 for each dim.
std::string check_starts(Span<const Type*> starts, size_t rank);

/// floor((size + 2 padding - dilation (window - 1) - 1) / stride) + 1 without overflow (saturated);
/// window, stride and dilation at least 1. With ceil_mode the division rounds up, but the last
/// window starts inside of input or low padding.
int64_t window_count(int64_t size, int64_t window, int64_t stride, int64_t padding,
                     int64_t dilation, bool ceil_mode);

inline bool is_scalar(const Type& t) { return t.rank() == 0; }
inline Span<int64_t> first_dims(Span<int64_t> s, size_t n) { return {s.data(), n}; }
inline Span<int64_t> last_dims(Span<int64_t> s, size_t n) { return {s.data() + (s.size() - n), n}; }
}  // namespace rules
}  // namespace op
}  // namespace torch
