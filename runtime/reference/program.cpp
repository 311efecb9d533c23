#include "runtime/reference/program.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <stdexcept>

namespace torch {
namespace reference {
namespace {

/// The operand whose memory the result may share; -1 when it may not.
int shared_operand(op::Op op) {
  switch (op) {
    case op::Op::reshape: case op::Op::detach: return 0;
    case op::Op::cached: return 1;
    default: return -1;
  }
}

constexpr size_t kLine = 64;
size_t whole_lines(size_t bytes) {
  return std::max<size_t>((bytes + kLine - 1) / kLine * kLine, kLine);
}

/// First fit over the gaps that dead temporaries leave.
class Arena {
 public:
  size_t take(size_t bytes) {
    for (auto gap = gaps_.begin(); gap != gaps_.end(); ++gap) {
      if (gap->second < bytes) continue;
      const size_t at = gap->first, rest = gap->second - bytes;
      gaps_.erase(gap);
      if (rest) gaps_.emplace(at + bytes, rest);
      return at;
    }
    const size_t at = end_;
    end_ += bytes;
    return at;
  }
  void give(size_t at, size_t bytes) {
    auto next = gaps_.lower_bound(at);
    if (next != gaps_.end() && at + bytes == next->first) {
      bytes += next->second;
      next = gaps_.erase(next);
    }
    if (next != gaps_.begin() && std::prev(next)->first + std::prev(next)->second == at)
      std::prev(next)->second += bytes;
    else
      gaps_.emplace(at, bytes);
  }
  size_t end() const { return end_; }

 private:
  std::map<size_t, size_t> gaps_;  // offset to size
  size_t end_ = 0;
};
}  // namespace

Program::Program(const op::Graph& graph) : graph_(graph) {
  resolve_aliases();
  place_values();
  add_steps();
}

void Program::resolve_aliases() {
  for (const op::Type& t : graph_.inputs) types_.push_back(&t);
  for (const op::GraphNode& node : graph_.nodes)
    for (const op::Type& t : node.results) types_.push_back(&t);
  root_.resize(types_.size());
  uint32_t value = 0;
  for (; value < graph_.inputs.size(); ++value) root_[value] = value;
  for (const op::GraphNode& node : graph_.nodes) {
    const int shared = shared_operand(node.op);
    for (size_t i = 0; i < node.results.size(); ++i, ++value)
      root_[value] = shared < 0 ? value : root_[node.operands[static_cast<size_t>(shared)]];
  }
}

/// The run's table of pointers: inputs, outputs, blocks of temporaries.
void Program::place_values() {
  constexpr uint32_t none = ~uint32_t(0);
  const size_t inputs = graph_.inputs.size(), outputs = graph_.outputs.size();
  base_.assign(types_.size(), none);
  for (uint32_t i = 0; i < inputs; ++i) base_[i] = i;
  made_in_place_.assign(outputs, false);
  for (size_t i = 0; i < outputs; ++i) {
    uint32_t& base = base_[root_[graph_.outputs[i]]];
    if (base != none) continue;
    base = static_cast<uint32_t>(inputs + i);
    made_in_place_[i] = true;
  }
  std::vector<uint32_t> last(types_.size(), 0);  // node that reads the root last
  for (uint32_t n = 0; n < graph_.nodes.size(); ++n)
    for (uint32_t operand : graph_.nodes[n].operands) last[root_[operand]] = n;
  find_lives(last);
  Arena arena;
  std::multimap<uint32_t, Block> dying;  // by the node after which they are free
  uint32_t value = static_cast<uint32_t>(inputs);
  for (uint32_t n = 0; n < graph_.nodes.size(); ++n) {
    for (size_t r = 0; r < graph_.nodes[n].results.size(); ++r, ++value) {
      if (root_[value] != value || base_[value] != none) continue;
      base_[value] = static_cast<uint32_t>(inputs + outputs + blocks_.size());
      const size_t bytes = type_of(value).bytes();
      blocks_.push_back({arena.take(whole_lines(bytes)), bytes});
      dying.emplace(std::max(last[value], n), blocks_.back());
    }
    for (auto it = dying.begin(); it != dying.end() && it->first <= n; it = dying.erase(it))
      arena.give(it->second.offset, whole_lines(it->second.bytes));
  }
  arena_bytes_ = arena.end();
}

/// `last`: for each root, the node that reads it last.
void Program::find_lives(const std::vector<uint32_t>& last) {
  const size_t inputs = graph_.inputs.size();
  last_read_.assign(last.begin(), last.begin() + static_cast<std::ptrdiff_t>(inputs));
  std::vector<int64_t> maker(types_.size(), -1);
  size_t value = inputs;
  for (size_t n = 0; n < graph_.nodes.size(); ++n) {
    const op::GraphNode& node = graph_.nodes[n];
    for (size_t r = 0; r < node.results.size(); ++r) maker[value++] = static_cast<int64_t>(n);
    if (may_throw(node)) last_failing_ = static_cast<int64_t>(n);
  }
  for (uint32_t output : graph_.outputs) {
    const uint32_t root = root_[output];
    made_by_.push_back(maker[root]);
    if (root < inputs) last_read_[root] = INT64_MAX;
  }
}

bool Program::may_throw(const op::GraphNode& node) const {
  // the body of a scan may
  if (node.op == op::Op::scan || node.op == op::Op::require) return true;
  for (uint32_t operand : node.operands)     // indices, divisors
    if (op::is_integral(type_of(operand).dtype, false)) return true;
  return false;
}

void Program::add_steps() {
  uint32_t value = static_cast<uint32_t>(graph_.inputs.size());
  for (uint32_t n = 0; n < graph_.nodes.size(); ++n) {
    const op::GraphNode& node = graph_.nodes[n];
    const uint32_t first_result = value;
    value += static_cast<uint32_t>(node.results.size());
    if (shared_operand(node.op) >= 0) continue;
    Step step{n, find_function(node.op), nullptr, static_cast<uint32_t>(pointers_.size()),
              static_cast<uint32_t>(node.operands.size()), {}};
    if (node.op == op::Op::scan) {
      if (!node.body) throw std::invalid_argument("reference: got a scan without a body");
      step.body = std::make_unique<Program>(*node.body);
    } else if (!step.function) {
      throw std::invalid_argument(std::string("reference: got ") + op::name(node.op) +
                                  (node.op == op::Op::grad
                                       ? "; expected a graph that autodiff has expanded"
                                       : "; expected an op on tensors"));
    }
    for (uint32_t operand : node.operands) {
      step.operand_types.push_back(types_[operand]);
      pointers_.push_back(base_[root_[operand]]);
    }
    for (uint32_t r = first_result; r < value; ++r) pointers_.push_back(base_[r]);
    steps_.push_back(std::move(step));
  }
}
}  // namespace reference
}  // namespace torch
