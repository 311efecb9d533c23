// A rule's case in one line: operands, attributes, and the results or a piece of the sentence.
#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ir/op/graph.h"
#include "ir/op/op.h"
#include "ir/op/shape.h"

namespace torch {
namespace op {
using testing::HasSubstr;

inline Type f32(Dims dims) { return Type(DType::Float, std::move(dims)); }
inline Type f64(Dims dims) { return Type(DType::Double, std::move(dims)); }
inline Type i64(Dims dims) { return Type(DType::Long, std::move(dims)); }
inline Type i32(Dims dims) { return Type(DType::Int, std::move(dims)); }
inline Type u8(Dims dims) { return Type(DType::Byte, std::move(dims)); }
inline Type i1(Dims dims) { return Type(DType::Bool, std::move(dims)); }

inline std::vector<const Type*> pointers(const std::vector<Type>& types) {
  std::vector<const Type*> all;
  for (const Type& t : types) all.push_back(&t);
  return all;
}

/// The results as text, "float(2, 3) long(2, 3)", or "error: ...".
inline std::string infer_text(Op op, const std::vector<Type>& operands, const Attrs& attrs = {}) {
  Types results;
  const std::string error = infer(op, pointers(operands), attrs, results);
  if (!error.empty()) return "error: " + error;
  std::string text;
  for (const Type& t : results) text += (text.empty() ? "" : " ") + to_string(t);
  return text;
}
}  // namespace op
}  // namespace torch

#define EXPECT_TYPES(expected, ...) EXPECT_EQ(infer_text(__VA_ARGS__), expected)
#define EXPECT_RULE_ERROR(piece, ...) \
  EXPECT_THAT(infer_text(__VA_ARGS__), testing::AllOf(HasSubstr("error: "), HasSubstr(piece)))
