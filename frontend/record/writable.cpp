// What torch refuses to write in place; and the history that a tensor shows.
#include "frontend/autograd/grad_mode.h"
#include "frontend/autograd/meta.h"
#include "frontend/autograd/names.h"
#include "frontend/record/attach.h"
#include "frontend/record/graph_lock.h"
#include "frontend/record/record.h"
#include "frontend/record/tensor_impl.h"
#include "frontend/tensor/error.h"

namespace torch {
namespace record {
namespace {
[[noreturn]] void refuse(const char* what, Location where, const std::string& sentence) {
  throw c10::Error(std::string(what) + ": " + sentence, located(where));
}
}  // namespace

namespace {
// "Output 1 of Split "
std::string output_name(const Tensor& t) {
  const Value v = history(t);
  if (!v) return "Output 0 of a function that returns views ";
  const uint32_t index = v->anchor ? v->anchor->index : 0;
  return "Output " + std::to_string(v->index + index) + " of " +
         autograd::name_in_errors(*v.get()) + " ";
}
}  // namespace

Value history(const Tensor& t) {
  if (!t.defined() || is_leaf(*impl(t))) return {};
  AutoGradMode grad(true);
  Value v = read(t, "grad_fn", Location::none());
  // A value that was changed without grad keeps the history it had.
  GraphLock lock;
  return Value(made_by(v.get()));
}

void check_writable(const Tensor& t, const char* what, Location where) {
  if (!t.defined()) read(t, what, where);  // raises
  const TensorImpl& self = *impl(t);
  if (!self.contiguous && overlaps(self.sizes, self.strides))
    refuse(what, where,
           "unsupported operation: more than one element of the written-to tensor refers to a "
           "single memory location. Please "
           "clone() the tensor before performing the operation.");
  check_changeable(t, what, where);
}

void check_changeable(const Tensor& t, const char* what, Location where) {
  if (!GradMode::is_enabled()) return;
  const TensorImpl& self = *impl(t);
  const Lineage& family = self.family();
  if (family.leaf && family.leaf->requires_grad) {
    if (family.leaf == self.meta)
      refuse(what, where,
             "a leaf Variable that requires grad is being used in an in-place operation.");
    refuse(what, where,
           "a view of a leaf Variable that requires grad is being used in an in-place operation.");
  }
  if (!family.leaf && self.base && is_leaf(*self.base) && requires_grad(*self.base) &&
      self.creation == CreationMeta::DEFAULT)
    refuse(what, where,
           "a view of a leaf Variable that requires grad is being used in an in-place operation.");
  if (self.creation != CreationMeta::DEFAULT && (requires_grad(self) || family.no_grad_view))
    check_view(t, what, where);
}

void check_view(const Tensor& t, const char* what, Location where) {
  const TensorImpl& self = *impl(t);
  const std::string view = "is a view and is being modified inplace. ";
  if (self.creation == CreationMeta::MULTI_OUTPUT_NODE)
    refuse(what, where,
           output_name(t) + view +
               "This view is the output of a function that returns multiple views. Such functions "
               "do not allow the output views to be modified inplace. You should replace the "
               "inplace operation by an out-of-place one.");
  if (self.creation == CreationMeta::IN_CUSTOM_FUNCTION)
    refuse(what, where,
           output_name(t) + view +
               "This view was created inside a custom Function (or because an input was returned "
               "as-is) and the autograd logic to handle view+inplace would override the custom "
               "backward associated with the custom Function, leading to incorrect gradients. This "
               "behavior is forbidden. You can fix this by cloning the output of the custom "
               "Function.");
  if (self.creation == CreationMeta::NO_GRAD_MODE)
    refuse(what, where,
           "A view was created in no_grad mode and is being modified inplace with grad mode "
           "enabled. Given that this use case is "
           "ambiguous and error-prone, it is forbidden. You can clarify your code by moving both "
           "the view and the inplace either both "
           "inside the no_grad block (if you don't want the inplace to be tracked) or both outside "
           "(if you want the inplace to be "
           "tracked).");
}
}  // namespace record
}  // namespace torch
