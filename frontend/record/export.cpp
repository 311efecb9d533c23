#include "frontend/record/export.h"

#include <map>
#include <tuple>

namespace torch {
namespace record {
namespace {

class Exporter {
 public:
  explicit Exporter(const Gathering& g) : g_(g), graph_(std::make_shared<op::Graph>()) {}

  std::shared_ptr<op::Graph> run() {
    for (const Node* input : g_.inputs) graph_->inputs.push_back(input->type());
    size_t at = 0;
    for (const Gathering::Spelled& spelled : g_.graph) {
      const Node* node = spelled.node;
      const uint64_t head = g_.key[at++];
      switch (static_cast<Word>(head & 3)) {
        case Word::constant:
          emit_constant(*spelled.constant.get());
          break;
        case Word::cached:
          emit_cached(node->type(), static_cast<uint32_t>(head >> 2),
                      static_cast<uint32_t>(g_.key[at++]), location(node));
          break;
        default:
          emit_op(node, at);
      }
    }
    return std::move(graph_);
  }

 private:
  uint32_t location(const Node* node) {
    const auto key = std::make_tuple(node->where.file(), node->where.line(), node->scope);
    auto [it, fresh] = locations_.emplace(key, static_cast<uint32_t>(graph_->locations.size()));
    if (fresh) {
      op::SourceLocation l;
      if (node->where) l.file = node->where.file();
      l.line = node->where.line();
      if (node->scope) l.scope = *node->scope;
      graph_->locations.push_back(std::move(l));
    }
    return it->second;
  }

  uint32_t unknown() {
    auto [it, fresh] = locations_.emplace(std::make_tuple(nullptr, 0, nullptr),
                                          static_cast<uint32_t>(graph_->locations.size()));
    if (fresh) graph_->locations.emplace_back();
    return it->second;
  }

  uint32_t value(uint32_t number) const { return absolute(number, g_.inputs.size()); }

  op::GraphNode& add(Op op, uint32_t location) {
    op::GraphNode n;
    n.op = op;
    n.location = location;
    graph_->nodes.push_back(std::move(n));
    return graph_->nodes.back();
  }

  void emit_constant(const Signature& signature) {
    op::GraphNode& n = add(Op::constant, unknown());
    n.attrs = signature.attrs;
    n.results.push_back(signature.results[0]);
  }

  void emit_cached(const Type& type, uint32_t computed, uint32_t known, uint32_t location) {
    op::GraphNode& n = add(Op::cached, location);
    n.operands = {value(computed), value(known)};
    n.results.push_back(type);
  }

  void emit_op(const Node* node, size_t& at) {
    const Signature& s = *node->signature;
    op::GraphNode n;
    n.op = s.op;
    n.attrs = s.attrs;
    n.results.assign(s.results.begin(), s.results.end());
    n.no_grad = s.no_grad;
    n.body = s.body;
    n.location = location(node);
    for (uint32_t i = 0; i < node->num_operands; ++i) {
      n.operands.push_back(value(static_cast<uint32_t>(g_.key[at + i / 2] >> (32 * (i % 2)))));
    }
    at += (node->num_operands + 1) / 2;
    graph_->nodes.push_back(std::move(n));
  }

  const Gathering& g_;
  std::shared_ptr<op::Graph> graph_;
  std::map<std::tuple<const char*, int, const std::string*>, uint32_t> locations_;
};

}  // namespace

std::shared_ptr<op::Graph> export_graph(const Gathering& g) { return Exporter(g).run(); }
}  // namespace record
}  // namespace torch
