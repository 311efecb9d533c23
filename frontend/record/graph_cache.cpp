#include "frontend/record/graph_cache.h"

#include <algorithm>

#include "ir/op/message.h"

namespace torch {
namespace record {

bool Variant::gives(const std::vector<uint32_t>& wanted) const {
  return std::includes(outputs.begin(), outputs.end(), wanted.begin(), wanted.end());
}

std::shared_ptr<CachedGraph> GraphCache::find(const Gathering& g) {
  auto [it, end] = by_hash_.equal_range(g.hash.low);
  for (; it != end; ++it) {
    const Entry& entry = *it->second;
    if (!(entry.hash == g.hash) || entry.graph->key != g.key) continue;
    order_.splice(order_.begin(), order_, it->second);
    return entry.graph;
  }
  return nullptr;
}

std::shared_ptr<CachedGraph> GraphCache::add(const Gathering& g) {
  if (order_.size() >= kMost) {
    const auto last = std::prev(order_.end());
    auto [it, end] = by_hash_.equal_range(last->hash.low);
    for (; it != end; ++it)
      if (it->second == last) {
        by_hash_.erase(it);
        break;
      }
    order_.pop_back();
  }
  auto made = std::make_shared<CachedGraph>();
  made->key = g.key;
  for (const Gathering::Spelled& s : g.graph)
    made->signatures.push_back(s.node ? SignatureRef(s.node->signature) : s.constant);
  made->graph = export_graph(g);
  made->placement.device = device_of(g.home);
  if (is_gpu(g.home))
    for (const Node* input : g.inputs) made->placement.on_host.push_back(!input->buffer);
  made->has_grad = g.has_grad;
  made->cost = g.cost;
  order_.push_front({g.hash, made});
  by_hash_.emplace(g.hash.low, order_.begin());
  return made;
}

void GraphCache::clear() {
  order_.clear();
  by_hash_.clear();
}

namespace {
std::string at(const op::Graph& graph, const op::GraphNode& node) {
  const op::SourceLocation& l = graph.locations[node.location];
  return l.file.empty() ? std::string() : " at " + l.file + ":" + std::to_string(l.line);
}

// In how many leading nodes two programs have the same ops, and in how many trailing ones besides.
struct Common {
  size_t leading = 0, trailing = 0;
};
Common common_ops(const op::Graph& a, const op::Graph& b) {
  const size_t n = std::min(a.nodes.size(), b.nodes.size());
  Common c;
  while (c.leading < n && a.nodes[c.leading].op == b.nodes[c.leading].op) ++c.leading;
  while (c.leading + c.trailing < n &&
         a.nodes[a.nodes.size() - 1 - c.trailing].op == b.nodes[b.nodes.size() - 1 - c.trailing].op)
    ++c.trailing;
  return c;
}

// The line that reads input `i` first.
std::string reader(const op::Graph& graph, uint32_t i) {
  for (const op::GraphNode& node : graph.nodes)
    for (uint32_t operand : node.operands)
      if (operand == i) return at(graph, node);
  return "";
}

// How two nodes of the same op differ; empty when they do not.
std::string compare(const op::GraphNode& known, const op::GraphNode& now) {
  for (size_t i = 0; i < std::min(known.results.size(), now.results.size()); ++i)
    if (known.results[i] != now.results[i])
      return op::message(" gives ", now.results[i], "; it gave ", known.results[i]);
  if (known.operands != now.operands) return " has other operands";
  if (known.attrs != now.attrs) return " has other attributes";
  if (known.no_grad != now.no_grad)
    return now.no_grad ? " is recorded without grad; it was with"
                       : " is recorded with grad; it was without";
  return "";
}

std::string compare(const op::Graph& known, const op::Graph& now) {
  const size_t same = common_ops(known, now).leading;
  if (same == known.nodes.size() && same == now.nodes.size()) {
    if (known.inputs.size() == now.inputs.size())
      for (uint32_t i = 0; i < now.inputs.size(); ++i)
        if (known.inputs[i] != now.inputs[i])
          return op::message("input ", size_t(i), reader(now, i), " is ", now.inputs[i],
                             "; it was ", known.inputs[i]);
    for (size_t i = 0; i < same; ++i) {
      const std::string difference = compare(known.nodes[i], now.nodes[i]);
      if (!difference.empty())
        return op::message(op::name(now.nodes[i].op), at(now, now.nodes[i]), difference);
    }
    return "what was known before of its values is another part";
  }
  if (same == now.nodes.size())
    return op::message("it ends after ", op::name(now.nodes[same - 1].op),
                       at(now, now.nodes[same - 1]), "; it went on with ",
                       op::name(known.nodes[same].op), at(known, known.nodes[same]));
  if (same == known.nodes.size())
    return op::message("it goes on with ", op::name(now.nodes[same].op), at(now, now.nodes[same]));
  return op::message(op::name(now.nodes[same].op), at(now, now.nodes[same]), "; it was ",
                     op::name(known.nodes[same].op), at(known, known.nodes[same]));
}
}  // namespace

std::string GraphCache::difference(const Gathering& g) const {
  if (order_.empty()) return "first seen";
  const std::shared_ptr<op::Graph> now = export_graph(g);
  // Near is what shares most of its ops, from the first on and from the last; among the recent
  // ones.
  const CachedGraph* nearest = nullptr;
  double best = 0;
  size_t looked = 0;
  for (const Entry& entry : order_) {
    if (++looked > 64) break;
    const op::Graph& known = *entry.graph->graph;
    const Common common = common_ops(known, *now);
    const double share = double(2 * (common.leading + common.trailing)) /
                         double(known.nodes.size() + now->nodes.size());
    if (share <= best) continue;
    best = share;
    nearest = entry.graph.get();
  }
  if (!nearest || best < 0.5) return "first seen";
  return compare(*nearest->graph, *now);
}

GraphCache& graph_cache() {
  static GraphCache& cache = *new GraphCache;
  return cache;
}
}  // namespace record
}  // namespace torch
