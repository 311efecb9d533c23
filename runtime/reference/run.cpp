// Running a Program.
#include <cstring>

#include "runtime/executable/executable.h"
#include "runtime/reference/bad_value.h"
#include "runtime/reference/memory.h"
#include "runtime/trace/history.h"

namespace torch {
namespace reference {
void Program::run(const void* const* inputs, void* const* outputs) const {
  Memory memory(*this, inputs, outputs);
  std::vector<void*> pointers;
  const bool recorded = runtime::history::enabled();
  for (const Step& step : steps_) {
    const op::GraphNode& node = graph_.nodes[step.node];
    memory.before(step.node);
    pointers.clear();
    for (size_t p = step.first_pointer;
         p < step.first_pointer + step.operands + node.results.size(); ++p)
      pointers.push_back(memory.table()[pointers_[p]]);
    void* const* at = pointers.data();
    const int64_t begun = recorded ? runtime::history::now() : 0;
    try {
      if (step.function)
        step.function(
            {node.op, node.attrs, step.operand_types, node.results, at, at + step.operands});
      else
        run_scan(step, at);
    } catch (const BadValue& e) {
      throw runtime::ValueError(step.node, e.what(), e.kind, e.value);
    } catch (const runtime::ValueError& e) {  // of a scan's body
      throw runtime::ValueError(step.node, e.what(), e.kind, e.value);
    }
    if (recorded)
      runtime::history::add({op::name(node.op), "reference", "", begun,
                             runtime::history::now() - begun, step.node, 1});
  }
  memory.deliver();
}

void Program::run_scan(const Step& step, void* const* pointers) const {
  const op::GraphNode& node = graph_.nodes[step.node];
  const op::attrs::scan a(node.attrs);
  const size_t carried = static_cast<size_t>(a.num_carried),
               stacked = static_cast<size_t>(a.num_stacked);
  const std::vector<op::Type>&arguments = node.body->inputs, &results = node.results;
  void* const* final = pointers + step.operands;
  std::vector<runtime::BufferRef> states[2];  // before and after a step, by turns
  for (auto& side : states)
    for (size_t i = 0; i < carried; ++i) side.push_back(runtime::allocate(results[i].bytes()));
  std::vector<const void*> in(pointers, pointers + step.operands);
  std::vector<void*> out(results.size());
  const int64_t steps = step.operand_types[carried]->dims[0];
  for (int64_t s = 0; s < steps; ++s) {
    const size_t t = static_cast<size_t>(a.reverse ? steps - 1 - s : s);
    for (size_t i = 0; i < carried; ++i) out[i] = states[s % 2][i]->data();
    for (size_t i = carried; i < carried + stacked; ++i)
      in[i] = static_cast<const char*>(pointers[i]) + t * arguments[i].bytes();
    for (size_t i = carried; i < results.size(); ++i)
      out[i] = static_cast<char*>(final[i]) + t * (results[i].bytes() / static_cast<size_t>(steps));
    step.body->run(in.data(), out.data());
    for (size_t i = 0; i < carried; ++i) in[i] = out[i];
  }
  for (size_t i = 0; i < carried; ++i)
    if (const size_t bytes = results[i].bytes()) std::memcpy(final[i], in[i], bytes);
}
}  // namespace reference
}  // namespace torch
