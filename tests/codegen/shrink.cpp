#include "tests/codegen/shrink.h"

#include <algorithm>

#include "codegen/compile/phases.h"
#include "ir/tensor/import.h"
#include "mlir/IR/MLIRContext.h"
#include "tests/codegen/tiers.h"

namespace torch {
namespace test {
namespace {

std::vector<op::Type> types_of(const op::Graph& g) {
  std::vector<op::Type> types = g.inputs;
  for (const op::GraphNode& n : g.nodes)
    types.insert(types.end(), n.results.begin(), n.results.end());
  return types;
}

/// A copy under construction: old values get new numbers as they are added.
class Copy {
 public:
  explicit Copy(const Program& from) : numbers_(types_of(from.graph).size(), kNone) {
    to_.graph.locations = from.graph.locations;
  }
  void input(uint32_t old, op::Type type, Bytes bytes) {
    numbers_[old] = next_++;
    to_.graph.inputs.push_back(std::move(type));
    to_.inputs.push_back(std::move(bytes));
  }
  void node(const op::GraphNode& node, uint32_t first_result) {
    op::GraphNode made = node;
    for (uint32_t& o : made.operands) o = numbers_[o];
    for (uint32_t r = 0; r < made.results.size(); ++r) numbers_[first_result + r] = next_++;
    to_.graph.nodes.push_back(std::move(made));
  }
  Program finish(const std::vector<uint32_t>& outputs) {
    for (uint32_t o : outputs) to_.graph.outputs.push_back(numbers_[o]);
    return std::move(to_);
  }

 private:
  static constexpr uint32_t kNone = ~0u;
  Program to_;
  std::vector<uint32_t> numbers_;
  uint32_t next_ = 0;
};

/// What `outputs` need; values in `known` become inputs.
Program cut(const Program& p, const std::vector<uint32_t>& outputs,
            const std::vector<const Bytes*>& known) {
  const std::vector<op::Type> types = types_of(p.graph);
  std::vector<bool> needed(types.size());
  for (uint32_t o : outputs) needed[o] = true;
  std::vector<uint32_t> first;
  uint32_t next = static_cast<uint32_t>(p.graph.inputs.size());
  for (const op::GraphNode& n : p.graph.nodes) {
    first.push_back(next);
    next += static_cast<uint32_t>(n.results.size());
  }
  std::vector<bool> runs(p.graph.nodes.size());
  for (size_t i = p.graph.nodes.size(); i-- > 0;) {
    const op::GraphNode& n = p.graph.nodes[i];
    for (uint32_t r = 0; r < n.results.size(); ++r)
      runs[i] = runs[i] || (needed[first[i] + r] && !known[first[i] + r]);
    if (runs[i])
      for (uint32_t o : n.operands) needed[o] = true;
  }
  Copy copy(p);
  for (uint32_t v = 0; v < types.size(); ++v) {
    const bool is_input = v < p.graph.inputs.size();
    if (needed[v] && (is_input || known[v]))
      copy.input(v, types[v], is_input ? p.inputs[v] : *known[v]);
  }
  for (size_t i = 0; i < p.graph.nodes.size(); ++i)
    if (runs[i]) copy.node(p.graph.nodes[i], first[i]);
  return copy.finish(outputs);
}

/// Every value of a program by the reference tier.
std::vector<Bytes> all_values(const Program& p) {
  op::Graph g = p.graph;
  g.outputs.clear();
  for (uint32_t v = 0; v < types_of(g).size(); ++v) g.outputs.push_back(v);
  return run(g, codegen::Tier::reference, p.inputs);
}
}  // namespace

Program shrink(Program p, const std::function<bool(const Program&)>& fails) {
  const auto try_this = [&](Program smaller) {
    if (!fails(smaller)) return false;
    p = std::move(smaller);
    return true;
  };
  const auto none = [&] { return std::vector<const Bytes*>(types_of(p.graph).size(), nullptr); };
  for (uint32_t o : std::vector<uint32_t>(p.graph.outputs))
    if (try_this(cut(p, {o}, none()))) break;
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t i = 0; i < p.graph.outputs.size() && p.graph.outputs.size() > 1 && !changed; ++i) {
      std::vector<uint32_t> fewer = p.graph.outputs;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      changed = try_this(cut(p, fewer, none()));
    }
    if (changed) continue;
    const std::vector<Bytes> values = all_values(p);
    const size_t inputs = p.graph.inputs.size();
    // The end gives way to an earlier value, earliest first; then each value in turn becomes an
    // input.
    for (uint32_t v = static_cast<uint32_t>(inputs); v < values.size() && !changed; ++v)
      changed = !std::count(p.graph.outputs.begin(), p.graph.outputs.end(), v) &&
                try_this(cut(p, {v}, none()));
    for (uint32_t v = static_cast<uint32_t>(inputs); v < values.size() && !changed; ++v) {
      std::vector<const Bytes*> known = none();
      known[v] = &values[v];
      Program smaller = cut(p, p.graph.outputs, known);
      changed = smaller.graph.nodes.size() < p.graph.nodes.size() && try_this(std::move(smaller));
    }
  }
  return p;
}

std::string to_text(const Program& program) {
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  std::string text = mlir::weft::text(*mlir::weft::importGraph(&context, program.graph));
  for (size_t i = 0; i < program.inputs.size(); ++i) {
    const op::Type& type = program.graph.inputs[i];
    text += "%arg" + std::to_string(i) + " =";
    char number[32];
    for (int64_t k = 0; k < std::min<int64_t>(type.numel(), 16); ++k) {
      std::snprintf(number, sizeof number, " %.17g",
                    element(program.inputs[i], type.dtype, static_cast<size_t>(k)));
      text += number;
    }
    text += type.numel() > 16 ? " ...\n" : "\n";
  }
  return text;
}
}  // namespace test
}  // namespace torch
