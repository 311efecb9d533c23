#include "frontend/autograd/node.h"

#include <algorithm>

#include "frontend/autograd/grad_mode.h"
#include "frontend/autograd/recorded_node.h"
#include "frontend/record/attach.h"
#include "frontend/record/trace.h"
#include "frontend/tensor/compute_inside.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/type_name.h"

namespace torch {
namespace autograd {
namespace {
// Edges of nodes that end: a list, not a recursion, for chains are as long as the program likes.
thread_local edge_list* ending = nullptr;

void end(edge_list&& edges) {
  if (ending) {
    ending->insert(ending->end(), std::make_move_iterator(edges.begin()),
                   std::make_move_iterator(edges.end()));
    return;
  }
  edge_list all = std::move(edges);
  ending = &all;
  while (!all.empty()) {
    Edge last = std::move(all.back());
    all.pop_back();
  }
  ending = nullptr;
}

record::Value place_of(const Edge& edge) {
  if (!edge.is_valid()) return {};
  if (auto* leaf = dynamic_cast<AccumulateGrad*>(edge.function.get())) {
    AutoGradMode grad(true);
    return value_of(leaf->variable, How(Location::none(), nullptr, "set_next_edges"));
  }
  if (auto* op = dynamic_cast<RecordedNode*>(edge.function.get())) return op->result(edge.input_nr);
  const InputMetadata& input = edge.function->input_metadata(edge.input_nr);
  return record::result_of(edge.function, edge.input_nr,
                           op::Type(input.dtype, op::Dims(span(input.shape))),
                           home_for(input.device, How(Location::none(), nullptr, "set_next_edges")));
}
}  // namespace

Tensor InputMetadata::zeros_like() const {
  return torch::zeros(shape, TensorOptions(dtype).device(device));
}

Node::Node(edge_list&& next_edges) : Node(++record::Trace::mine().sequence, std::move(next_edges)) {}
Node::Node(uint64_t sequence_nr, edge_list&& next_edges) : sequence_nr_(sequence_nr) {
  set_next_edges(std::move(next_edges));
}
Node::~Node() {
  for (void* place : places_)
    if (place) record::release_structure(static_cast<record::Node*>(place));
  end(std::move(edges_));
}

std::string Node::name() const { return c10::demangle(typeid(*this).name()); }

uint32_t Node::add_input_metadata(InputMetadata metadata) {
  inputs_.push_back(std::move(metadata));
  return static_cast<uint32_t>(inputs_.size() - 1);
}
uint32_t Node::add_input_metadata(const Tensor& t) {
  return add_input_metadata({t.sizes().vec(), t.scalar_type(), t.device()});
}

void Node::place(size_t i) {
  if (places_[i]) record::release_structure(static_cast<record::Node*>(places_[i]));
  places_[i] = History(place_of(edges_[i])).take();
}
void Node::set_next_edge(size_t i, Edge edge) {
  edges_.at(i) = std::move(edge);
  place(i);
}
void Node::add_next_edge(Edge edge) {
  edges_.push_back(std::move(edge));
  places_.push_back(nullptr);
  place(edges_.size() - 1);
}
void Node::set_next_edges(edge_list&& next_edges) {
  edges_.clear();
  for (Edge& e : next_edges) add_next_edge(std::move(e));
}
std::vector<record::Node*> Inside::sources(const Node& n) {
  std::vector<record::Node*> nodes;
  if (auto* op = dynamic_cast<const RecordedNode*>(&n)) {
    for (const record::Value& v : op->sources()) nodes.push_back(v.get());
  } else {
    for (void* place : n.places_) nodes.push_back(static_cast<record::Node*>(place));
  }
  return nodes;
}
const record::Node* Inside::op(const Node& n) {
  auto* recorded = dynamic_cast<const RecordedNode*>(&n);
  return recorded ? recorded->op_.get() : nullptr;
}
void Inside::set_sources(Node& n, const std::vector<record::Value>& sources) {
  for (const record::Value& v : sources) {
    n.edges_.push_back(v ? edge_to(v) : Edge());
    n.places_.push_back(History(v).take());
  }
}

bool Node::should_compute_output(std::initializer_list<IndexRange> ranges) const {
  const edge_list edges = next_edges();
  for (const IndexRange& r : ranges)
    for (size_t i = r.first; i < r.second; ++i)
      if (edges.at(i).is_valid()) return true;
  return false;
}
bool Node::task_should_compute_output(size_t i) const {
  return Calling::wants(this, i, i < num_outputs() && should_compute_output(i));
}
bool Node::task_should_compute_output(std::initializer_list<IndexRange> ranges) const {
  for (const IndexRange& r : ranges)
    for (size_t i = r.first; i < r.second; ++i)
      if (task_should_compute_output(i)) return true;
  return false;
}

uintptr_t Node::add_post_hook(std::unique_ptr<FunctionPostHook>&& hook) {
  hooks().post.push_back(std::move(hook));
  return reinterpret_cast<uintptr_t>(hooks().post.back().get());
}
bool Node::del_post_hook(const uintptr_t& key) {
  auto& post = hooks().post;
  const auto at = std::find_if(post.begin(), post.end(), [&](const auto& hook) {
    return reinterpret_cast<uintptr_t>(hook.get()) == key;
  });
  if (at == post.end()) return false;
  post.erase(at);
  return true;
}
void Node::add_pre_hook(std::unique_ptr<FunctionPreHook>&& hook) {
  hooks().pre.push_back(std::move(hook));
}
void Node::add_tensor_pre_hook(std::unique_ptr<FunctionPreHook>&& hook) {
  hooks().tensor_pre.push_back(std::move(hook));
}
const std::vector<std::unique_ptr<FunctionPostHook>>& Node::post_hooks() const {
  return hooks().post;
}
const std::vector<std::unique_ptr<FunctionPreHook>>& Node::pre_hooks() const {
  return hooks().pre;
}
const std::vector<std::unique_ptr<FunctionPreHook>>& Node::tensor_pre_hooks() const {
  return hooks().tensor_pre;
}

namespace {
thread_local const Calling* innermost = nullptr;
}
Calling::Calling(const Node* node, const std::vector<bool>& wanted)
    : node_(node), wanted_(wanted), outer_(innermost) {
  innermost = this;
}
Calling::~Calling() { innermost = outer_; }
bool Calling::wants(const Node* node, size_t i, bool otherwise) {
  for (const Calling* c = innermost; c; c = c->outer_)
    if (c->node_ == node) return i < c->wanted_.size() && c->wanted_[i];
  return otherwise;
}
}  // namespace autograd
}  // namespace torch
