// A tensor's part in autograd.
#include <mutex>

#include "frontend/autograd/autograd.h"
#include "frontend/autograd/meta.h"
#include "frontend/autograd/names.h"
#include "frontend/record/graph_lock.h"
#include "frontend/autograd/grad_mode.h"
#include "frontend/tensor/compute_inside.h"

namespace torch {
namespace autograd {
namespace {

// An op of the record in the graph of gradients.
struct RecordedNode : Node {
  explicit RecordedNode(record::Value value) : value_(std::move(value)) {}
  std::string name() const override { return node_name(*value_.get()); }
  std::vector<Edge> next_edges() const override {
    std::vector<record::Value> operands;
    {
      record::GraphLock lock;
      for (uint32_t i = 0; i < value_->num_operands; ++i) {
        record::Node* o = value_->operand(i);
        while (o && o->kind == record::Kind::op &&
               (o->op() == op::Op::cached || o->label == record::kLayout))
          o = o->operand(0);
        operands.emplace_back(o && o->carries ? o : nullptr);
      }
    }
    std::vector<Edge> edges;
    for (record::Value& v : operands) {
      if (!v) {
        edges.emplace_back();
        continue;
      }
      const uint32_t index = v->index;
      edges.push_back({of(std::move(v)), index});
    }
    return edges;
  }
  static std::shared_ptr<Node> of(record::Value v) {
    // All results of an op have one node.
    if (v->kind == record::Kind::projection) v = record::Value(v->operand(0));
    return std::make_shared<RecordedNode>(std::move(v));
  }

 private:
  record::Value value_;
};
}  // namespace
}  // namespace autograd

std::shared_ptr<autograd::Node> TensorBase::grad_fn() const {
  record::Value v = record::history(Tensor(*this));
  if (!v || v->kind == record::Kind::data) return nullptr;
  return autograd::RecordedNode::of(std::move(v));
}

const Tensor& Tensor::requires_grad_(bool wants, Location where) const {
  require(*this, How(where, nullptr, "requires_grad_"));
  record::TensorImpl& self = *record::impl(*this);
  const bool leaf = record::is_leaf(self);
  if (!leaf) {
    if (!wants)
      refuse(where, "requires_grad_",
             "you can only change requires_grad flags of leaf variables. If you want to use a "
             "computed variable in a "
             "subgraph that doesn't require differentiation use var_no_grad = var.detach().");
    return *this;
  }
  if (wants && !isFloatingType(scalar_type()))
    refuse(where, "requires_grad_",
           "only Tensors of floating point and complex dtype can require gradients");
  autograd::Meta* meta = autograd::meta_of(*this);
  std::lock_guard<record::Spinlock> lock(self.storage->lock);
  meta->requires_grad = wants;
  self.read = {};
  if (wants && self.family().leaf != meta) {
    // A family of its own: what was made before from the same memory stays out of it.
    self.lineage = record::Ref<record::Lineage>::adopt(new record::Lineage);
    record::make_leaf(self, meta);
  }
  return *this;
}

const Tensor& Tensor::grad() const {
  static const Tensor none;
  if (!defined()) throw c10::Error("grad() called on undefined Tensor", Location::none());
  const record::TensorImpl& self = *record::impl(*this);
  return self.meta ? self.meta->grad : none;
}
Tensor& Tensor::mutable_grad() const {
  if (!defined()) throw c10::Error("grad() called on undefined Tensor", Location::none());
  return autograd::meta_of(*this)->grad;
}

void Tensor::retain_grad(Location where) const {
  require(*this, How(where, nullptr, "retain_grad"));
  if (!requires_grad())
    refuse(where, "retain_grad", "can't retain_grad on Tensor that has requires_grad=False");
  if (is_leaf()) return;
  const record::Value v = record::history(*this);
  autograd::Meta* meta = autograd::meta_of(*this);
  record::GraphLock lock;
  meta->retains_grad = true;
  if (v->leaf) return;
  autograd::retain(meta);
  v->leaf = meta;
}

Tensor detach(In self) {
  require(self, How(self.where, nullptr, "detach"));
  return record::make_detached(self, true);
}
Tensor Tensor::detach(Location where) const { return torch::detach(In(*this, where)); }
Tensor& Tensor::detach_(Location where) const {
  require(*this, How(where, nullptr, "detach_"));
  record::TensorImpl& self = *record::impl(*this);
  if (self.is_view && requires_grad())
    refuse(where, "detach_",
           "Can't detach views in-place. Use detach() instead. If you are using "
           "DistributedDataParallel (DDP) for training, and "
           "gradient_as_bucket_view is set as True, gradients are views of DDP buckets, and hence "
           "detach_() cannot be called on these "
           "gradients. To fix this error, please refer to the Optimizer.zero_grad() function in "
           "torch/optim/optimizer.py as a solution.");
  std::lock_guard<record::Spinlock> lock(self.storage->lock);
  if (self.meta) self.meta->requires_grad = false;
  self.lineage = record::Ref<record::Lineage>::adopt(new record::Lineage);
  self.read = {};
  return self_of(*this);
}
Tensor Tensor::data() const {
  require(*this, How(Location::none(), nullptr, "data"));
  return record::make_detached(*this, false);
}
}  // namespace torch

namespace torch {
namespace autograd {
namespace {
const record::TensorImpl& whole(const DifferentiableViewMeta* face) {
  return *reinterpret_cast<const record::TensorImpl*>(face);
}
}  // namespace

bool DifferentiableViewMeta::has_bw_view() const { return whole(this).is_view; }
CreationMeta DifferentiableViewMeta::get_creation_meta() const { return whole(this).creation; }
}  // namespace autograd
}  // namespace torch

torch::autograd::AutogradMeta* c10::TensorImpl::autograd_meta() {
  auto* self = reinterpret_cast<torch::record::TensorImpl*>(this);
  const bool known = self->is_view || self->meta || torch::record::requires_grad(*self);
  return known ? reinterpret_cast<torch::autograd::AutogradMeta*>(this) : nullptr;
}
