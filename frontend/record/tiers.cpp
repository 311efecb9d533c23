#include "frontend/record/tiers.h"

#include <algorithm>
#include <unordered_set>

#include "codegen/compile/compile.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace record {
namespace {
using runtime::Knobs;

// What LLVM and the passes have to do for a graph and the bodies of its loops.
class Work {
 public:
  void add(const op::Graph& graph) {
    std::vector<uint64_t> values;  // what each is to those who read it
    for (const op::Type& type : graph.inputs) values.push_back(looks(type));
    for (const op::GraphNode& node : graph.nodes) {
      ++nodes_;
      const uint64_t op = static_cast<uint64_t>(node.op) + 1;
      uint64_t code = op;
      for (uint32_t operand : node.operands) code = mixed(code, values[operand]);
      if (is_own(node.op)) ++kernels_;
      else if (codes_.insert(code).second) kernels_ += 0.1;
      for (const op::Type& type : node.results) values.push_back(mixed(looks(type), op));
      if (node.body) add(*node.body);
    }
  }
  // On the high side, as the estimates of runs are: a first result should not wait for LLVM.
  double nanoseconds() const { return 1.6e5 * nodes_ + 7e6 * (1 + kernels_); }

 private:
  static uint64_t mixed(uint64_t a, uint64_t b) {
    return (a ^ b) * 0x9e3779b97f4a7c15u + (a >> 29);
  }
  // Maps of the same ops on operands that were made alike are one piece of code, whatever their
  // extents: the updates of a hundred parameters, say.
  static uint64_t looks(const op::Type& type) {
    return static_cast<uint64_t>(type.dtype) * 64 + type.rank();
  }
  static bool is_own(op::Op op) {
    const op::Family family = op::info(op).family;
    return family == op::Family::contraction || family == op::Family::reduction ||
           family == op::Family::window || family == op::Family::indexing;
  }

  double nodes_ = 0, kernels_ = 0;
  std::unordered_set<uint64_t> codes_;
};

// What making an executable would take, roughly.
double compile_cost(const CachedGraph& graph) {
  Work work;
  work.add(*graph.graph);
  return work.nanoseconds() * (graph.has_grad ? 3 : 1);
}

bool wants_compiled(const CachedGraph& graph) {
  switch (runtime::knobs().tier) {
    case Knobs::Tier::reference: return false;
    case Knobs::Tier::compile: return true;
    default: break;
  }
  // The reference tier waits for a GPU, whose values it brings to the host and back: that is for what
  // is new and small. What comes a second time is part of a loop, where nothing may wait.
  if (graph.placement.device.type == c10::DeviceType::CUDA && (graph.has_grad || graph.spent > 0))
    return true;
  const double cost = graph.cost * (graph.has_grad ? 3 : 1);
  return graph.spent + cost > compile_cost(graph);
}

std::shared_ptr<const Variant> make(const CachedGraph& graph, std::vector<uint32_t> outputs,
                                    codegen::Tier tier) {
  op::Graph program = *graph.graph;
  program.outputs = outputs;
  auto variant = std::make_shared<Variant>();
  variant->executable = codegen::compile(program, tier, graph.placement);
  variant->outputs = std::move(outputs);
  const runtime::Executable& e = *variant->executable;
  variant->over.resize(variant->outputs.size());
  for (size_t o = 0; o < variant->outputs.size(); ++o)
    for (size_t i = 0; i < program.inputs.size(); ++i)
      if (e.output_types[o].bytes() == e.input_types[i].bytes() && e.may_alias(o, i))
        variant->over[o].push_back(static_cast<uint32_t>(i));
  return variant;
}
}  // namespace

Chosen choose(CachedGraph& graph, const std::vector<uint32_t>& outputs) {
  std::lock_guard<std::mutex> lock(graph.making);
  if (runtime::knobs().tier != Knobs::Tier::reference && graph.compiled &&
      graph.compiled->gives(outputs))
    return {graph.compiled, false, false};
  const bool compiled = wants_compiled(graph);
  std::shared_ptr<const Variant>& variant = compiled ? graph.compiled : graph.reference;
  if (variant && variant->gives(outputs)) return {variant, !compiled, false};
  std::vector<uint32_t> all = outputs;
  const char* why =
      graph.reference || graph.compiled ? "known, but compiled only now: it repeats" : nullptr;
  if (variant) {
    why = "known, but without some results that are wanted now";
    all.clear();
    std::set_union(outputs.begin(), outputs.end(), variant->outputs.begin(), variant->outputs.end(),
                   std::back_inserter(all));
  }
  variant =
      make(graph, std::move(all), compiled ? codegen::Tier::compile : codegen::Tier::reference);
  return {variant, !compiled, true, why};
}

void account(CachedGraph& graph, const Chosen& chosen, double nanoseconds) {
  if (!chosen.reference) return;
  std::lock_guard<std::mutex> lock(graph.making);
  graph.spent += nanoseconds;
}
}  // namespace record
}  // namespace torch
