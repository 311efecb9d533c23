#include "runtime/reference/reference.h"

#include "runtime/reference/bad_value.h"
#include "runtime/reference/program.h"

namespace torch {
namespace reference {

void run(const op::Graph& graph, const void* const* inputs, void* const* outputs) {
  Program(graph).run(inputs, outputs);
}

void call(op::Op op, const op::Attrs& attrs, op::Span<const op::Type*> operand_types,
          const void* const* operands, op::Span<op::Type> result_types, void* const* results) {
  const Function function = find_function(op);
  if (!function)
    throw std::invalid_argument(std::string("reference: got ") + op::name(op) +
                                "; expected an op on tensors");
  try {
    function({op, attrs, operand_types, result_types, operands, results});
  } catch (const BadValue& e) {
    throw runtime::ValueError(0, e.what(), e.kind, e.value);
  }
}

ReferenceExecutable::ReferenceExecutable(op::Graph graph, std::vector<uint32_t> recorded)
    : graph_(std::move(graph)),
      recorded_(std::move(recorded)),
      program_(std::make_unique<Program>(graph_)) {
  input_types = graph_.inputs;
  output_types = op::output_types(graph_);
  summary.kernels = static_cast<int>(program_->steps());
  summary.arena_bytes = program_->arena_bytes();
  summary.reference = true;
}
ReferenceExecutable::~ReferenceExecutable() = default;

void ReferenceExecutable::run(const void* const* inputs, void* const* outputs) const {
  if (recorded_.empty()) return program_->run(inputs, outputs);
  try {
    program_->run(inputs, outputs);
  } catch (const runtime::ValueError& e) {
    throw runtime::ValueError(recorded_[e.node], e.what(), e.kind, e.value);
  }
}

bool ReferenceExecutable::may_alias(size_t output, size_t input) const {
  return output_types[output] == input_types[input];
}
}  // namespace reference
}  // namespace torch
