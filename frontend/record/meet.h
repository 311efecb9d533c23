/// Operands that live in different places.
#pragma once
#include "frontend/record/record.h"
#include "ir/op/inline_vector.h"

namespace torch {
namespace record {

struct Met {
  op::InlineVector<Operand, 16> operands;
  std::vector<Value> made;  // of them, those that were not there before
};
/// Brings them together: numbers of the host's (0-dim values) go to the GPU that the others live on.
/// Else the op is refused, in libtorch's words.
Met meet(Op op, Span<Operand> operands, const How& how);
/// Refuses values of two homes.
[[noreturn]] void refuse_homes(Home first, Home second, const char* what, Location where);
}  // namespace record
}  // namespace torch
