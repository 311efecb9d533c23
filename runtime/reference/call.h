/// One op applied to memory: what every function of this room takes.
#pragma once
#include "ir/op/op.h"

namespace torch {
namespace reference {

/// Operands and results are dense row-major arrays; results do not overlap operands.
struct Call {
  op::Op op;
  const op::Attrs& attrs;
  op::Span<const op::Type*> operand_types;
  op::Span<op::Type> result_types;
  const void* const* operands;
  void* const* results;

  const op::Type& type(size_t operand) const { return *operand_types[operand]; }
  const op::Type& result_type(size_t i = 0) const { return result_types[i]; }
  template <class T> const T* in(size_t operand) const {
    return static_cast<const T*>(operands[operand]);
  }
  template <class T> T* out(size_t i = 0) const { return static_cast<T*>(results[i]); }
};
using Function = void (*)(const Call&);

/// The function of an op; null for what is not a function of its operands' values alone (grad,
/// scan, kernel, yield).
Function find_function(op::Op op);

// One a family; see the files of these names.
void elementwise(const Call&);
void cast(const Call&);
void reduction(const Call&);
void index_reduction(const Call&);
void matmul(const Call&);
void conv(const Call&);
void conv_input_grad(const Call&);
void conv_weight_grad(const Call&);
void max_pool(const Call&);
void max_pool_grad(const Call&);
void window_sum(const Call&);
void window_sum_grad(const Call&);
void reshape(const Call&);
void permute(const Call&);
void expand(const Call&);
void flip(const Call&);
void slice(const Call&);
void insert(const Call&);
void pad(const Call&);
void concat(const Call&);
void gather(const Call&);
void scatter(const Call&);
void index_select(const Call&);
void index_add(const Call&);
void argsort(const Call&);
void constant(const Call&);
void iota(const Call&);
void random(const Call&);
void cached(const Call&);
void detach(const Call&);
void require(const Call&);
}  // namespace reference
}  // namespace torch
