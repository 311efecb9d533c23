// Running a Program.
#include <algorithm>
#include <cstring>
#include <memory>

#include "runtime/device/arena.h"
#include "runtime/executable/executable.h"
#include "runtime/reference/index_error.h"
#include "runtime/reference/program.h"
#include "runtime/trace/history.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace reference {
namespace {

void copy(void* to, const void* from, size_t bytes) {
  if (bytes && to != from) std::memmove(to, from, bytes);
}

/// Whether a pointer is among some others.
class PointerSet {
 public:
  PointerSet(const void* const* all, size_t n) : all_(all), n_(n) {
    if (n <= 16) return;
    sorted_.assign(all, all + n);
    std::sort(sorted_.begin(), sorted_.end());
  }
  bool contains(const void* p) const {
    return n_ <= 16 ? std::find(all_, all_ + n_, p) != all_ + n_
                    : std::binary_search(sorted_.begin(), sorted_.end(), p);
  }

 private:
  const void* const* all_;
  size_t n_;
  std::vector<const void*> sorted_;
};
}  // namespace

/// The table of pointers of one run. Outputs that nobody wants, or whose memory an input still needs, are computed
/// elsewhere.
class Program::Memory {
 public:
  Memory(const Program& p, const void* const* inputs, void* const* outputs)
      : program_(p), outputs_(outputs), guard_(runtime::knobs().guards()), arena_(guard_ ? 0 : p.arena_bytes_) {
    const op::Graph& g = p.graph_;
    table_.reserve(g.inputs.size() + g.outputs.size() + p.blocks_.size());
    for (size_t i = 0; i < g.inputs.size(); ++i) table_.push_back(const_cast<void*>(inputs[i]));
    const PointerSet set(inputs, g.inputs.size());
    for (size_t i = 0; i < g.outputs.size(); ++i) {
      const bool direct = outputs[i] && !set.contains(outputs[i]);
      table_.push_back(direct || !p.made_in_place_[i] ? outputs[i] : elsewhere(p.type_of(g.outputs[i]).bytes()));
    }
    for (const Block& b : p.blocks_) table_.push_back(guard_ ? elsewhere(b.bytes) : arena_.data() + b.offset);
  }
  void* const* table() const { return table_.data(); }

  /// Brings to the outputs what is not there yet. What is copied from memory that is itself an output's is saved first.
  void deliver() const {
    const op::Graph& g = program_.graph_;
    const PointerSet targets(outputs_, g.outputs.size());
    std::vector<runtime::BufferRef> saved;
    struct Copy {
      void* to;
      const void* from;
      size_t bytes;
    };
    std::vector<Copy> copies;
    for (size_t i = 0; i < g.outputs.size(); ++i) {
      const void* from = table_[program_.base_[program_.root_[g.outputs[i]]]];
      if (!outputs_[i] || from == outputs_[i]) continue;
      const size_t bytes = program_.type_of(g.outputs[i]).bytes();
      if (targets.contains(from)) {
        saved.push_back(runtime::allocate(bytes));
        copy(saved.back()->data(), from, bytes);
        from = saved.back()->data();
      }
      copies.push_back({outputs_[i], from, bytes});
    }
    for (const Copy& c : copies) copy(c.to, c.from, c.bytes);
  }

 private:
  void* elsewhere(size_t bytes) {
    held_.push_back(runtime::allocate(bytes));
    return held_.back()->data();
  }
  const Program& program_;
  void* const* outputs_;
  const bool guard_;
  runtime::Arena arena_;
  std::vector<runtime::BufferRef> held_;
  std::vector<void*> table_;
};

void Program::run(const void* const* inputs, void* const* outputs) const {
  const Memory memory(*this, inputs, outputs);
  std::vector<void*> pointers;
  pointers.reserve(pointers_.size());
  for (uint32_t p : pointers_) pointers.push_back(memory.table()[p]);
  const bool recorded = runtime::history::enabled();
  for (const Step& step : steps_) {
    const op::GraphNode& node = graph_.nodes[step.node];
    void* const* at = pointers.data() + step.first_pointer;
    const int64_t begun = recorded ? runtime::history::now() : 0;
    try {
      if (step.function)
        step.function({node.op, node.attrs, step.operand_types, node.results, at, at + step.operands});
      else
        run_scan(step, at);
    } catch (const BadValue& e) {
      throw runtime::ValueError(step.node, e.what());
    } catch (const runtime::ValueError& e) {  // of a scan's body
      throw runtime::ValueError(step.node, e.what());
    }
    if (recorded)
      runtime::history::add({op::name(node.op), "reference", "", begun, runtime::history::now() - begun, step.node, 1});
  }
  memory.deliver();
}

void Program::run_scan(const Step& step, void* const* pointers) const {
  const op::GraphNode& node = graph_.nodes[step.node];
  const op::attrs::scan a(node.attrs);
  const size_t carried = static_cast<size_t>(a.num_carried), stacked = static_cast<size_t>(a.num_stacked);
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
  for (size_t i = 0; i < carried; ++i) copy(final[i], in[i], results[i].bytes());
}
}  // namespace reference
}  // namespace torch
