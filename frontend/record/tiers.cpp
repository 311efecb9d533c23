#include "frontend/record/tiers.h"

#include <algorithm>

#include "codegen/compile/compile.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace record {
namespace {
using runtime::Knobs;

// Those of the bodies of loops count.
double kernels_of(const op::Graph& graph) {
  double kernels = 0;
  for (const op::GraphNode& node : graph.nodes) {
    const op::Family family = op::info(node.op).family;
    const bool own = family == op::Family::contraction || family == op::Family::reduction ||
                     family == op::Family::window || family == op::Family::indexing;
    kernels += own ? 1 : 0.1;
    if (node.body) kernels += kernels_of(*node.body);
  }
  return kernels;
}

// What making an executable would take, roughly: passes, then LLVM for each kernel.
double compile_cost(const CachedGraph& graph) {
  return 6e6 * (1 + kernels_of(*graph.graph)) * (graph.has_grad ? 3 : 1);
}

bool wants_compiled(const CachedGraph& graph) {
  switch (runtime::knobs().tier) {
    case Knobs::Tier::reference: return false;
    case Knobs::Tier::compile: return true;
    default: break;
  }
  const double cost = graph.cost * (graph.has_grad ? 3 : 1);
  return graph.spent + cost > compile_cost(graph);
}

std::shared_ptr<const Variant> make(const CachedGraph& graph, std::vector<uint32_t> outputs,
                                    codegen::Tier tier) {
  op::Graph program = *graph.graph;
  program.outputs = outputs;
  auto variant = std::make_shared<Variant>();
  variant->executable = codegen::compile(program, tier);
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
