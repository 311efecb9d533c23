/// The reference tier: op by op, one plain function an op, in the order of ir/op/order.h. It gives
/// the bits that compiled code gives, and is what compiled code is tested against; tiny graphs that
/// are seen once run here, too.
#pragma once
#include "ir/op/graph.h"
#include "runtime/executable/executable.h"

namespace torch {
namespace reference {

/// Runs the graph once; pointers as for runtime::Executable::run. Throws std::invalid_argument for
/// ops that only compilation removes (weft.grad), runtime::ValueError for an index out of range.
void run(const op::Graph& graph, const void* const* inputs, void* const* outputs);

/// Applies one op. `results` are its result types (op::infer); results do not overlap operands.
void call(op::Op op, const op::Attrs& attrs, op::Span<const op::Type*> operand_types,
          const void* const* operands, op::Span<op::Type> result_types, void* const* results);

/// A graph that is kept to be run again.
class ReferenceExecutable : public runtime::Executable {
 public:
  /// `recorded`: the node of another graph that each node stands for, for ValueErrors; empty:
  /// itself.
  explicit ReferenceExecutable(op::Graph graph, std::vector<uint32_t> recorded = {});
  ~ReferenceExecutable() override;
  void run(const void* const* inputs, void* const* outputs) const override;
  bool may_alias(size_t output, size_t input) const override;

 private:
  const op::Graph graph_;
  const std::vector<uint32_t> recorded_;
  std::unique_ptr<const class Program> program_;
};
}  // namespace reference
}  // namespace torch
