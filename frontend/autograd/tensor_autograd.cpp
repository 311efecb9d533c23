// A tensor's part in autograd.
#include <mutex>

#include "frontend/autograd/autograd.h"
#include "frontend/autograd/recorded_node.h"
#include "frontend/record/attach.h"
#include "frontend/autograd/grad_mode.h"
#include "frontend/tensor/compute_inside.h"

namespace torch {

std::shared_ptr<autograd::Node> TensorBase::grad_fn() const {
  const record::Value v = record::history(Tensor(*this));
  return v ? autograd::edge_to(v).function : nullptr;
}
int64_t TensorBase::output_nr() const {
  const record::Value v = record::history(Tensor(*this));
  return v ? autograd::edge_to(v).input_nr : 0;
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
           "Only Tensors of floating point and complex dtype can require gradients");
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
  const bool retains = self.meta && (self.meta->retains_grad || self.meta->grad.defined());
  if (!retains && !record::is_leaf(self))
    TORCH_WARN(
        "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its .grad "
        "attribute won't be populated during autograd.backward(). If you indeed want the .grad "
        "field to be populated for a non-leaf Tensor, use .retain_grad() on the non-leaf Tensor. "
        "If you access the non-leaf Tensor by mistake, make sure you access the leaf Tensor "
        "instead. See github.com/pytorch/pytorch/pull/30531 for more informations.");
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
  if (!is_leaf()) record::retain_gradient(*this);
}

namespace {
using Hooks = std::vector<std::function<Tensor(const Tensor&)>>;
// Calls `use` with the hooks of what the tensor is now.
template <class Use> auto with_hooks(const Tensor& t, Use use) {
  const record::Value made_by = record::history(t);
  if (!made_by) return use(autograd::meta_of(t)->place.tensor_hooks);
  record::GraphLock lock;
  return use(record::anchor_of(made_by.get(), lock).place.tensor_hooks);
}
}  // namespace

unsigned Tensor::_register_hook(std::function<Tensor(const Tensor&)> hook, Location where) const {
  require(*this, How(where, nullptr, "register_hook"));
  if (!requires_grad())
    refuse(where, "register_hook",
           "cannot register a hook on a variable that doesn't require gradient");
  return with_hooks(*this, [&](Hooks& hooks) {
    hooks.push_back(std::move(hook));
    return static_cast<unsigned>(hooks.size() - 1);
  });
}
void Tensor::remove_hook(unsigned pos, Location where) const {
  require(*this, How(where, nullptr, "remove_hook"));
  const bool found = with_hooks(*this, [&](Hooks& hooks) {
    if (pos >= hooks.size()) return false;
    hooks[pos] = nullptr;
    return true;
  });
  if (!found) refuse(where, "remove_hook", "Invalid index, no hook at position ", pos);
}

Tensor detach(In self) {
  require(self, How(self.where, nullptr, "detach"));
  return record::make_detached(self, true);
}
Tensor Tensor::detach(Location where) const { return torch::detach(In(*this, where)); }
Tensor& Tensor::detach_(Location where) const {
  require(*this, How(where, nullptr, "detach_"));
  record::TensorImpl& self = *record::impl(*this);
  if (self.is_view)
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
