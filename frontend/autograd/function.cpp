#include "frontend/autograd/function.h"

#include "frontend/autograd/recorded_node.h"
#include "frontend/autograd/walk.h"
#include "frontend/record/attach.h"
#include "frontend/tensor/compute_inside.h"

namespace torch {
namespace autograd {
namespace {
bool contains(const variable_list& list, const Tensor& t) {
  for (const Tensor& other : list)
    if (other.is_same(t)) return true;
  return false;
}

// What the gradient of a function's operand is of; null: it has none.
record::Value source_of_operand(const Tensor& t, const How& how) {
  if (!t.defined() || !t.requires_grad()) return {};
  AutoGradMode grad(true);
  const record::Value v = value_of(t, how);
  record::GraphLock lock;
  return record::Value(source_of(v.get()));
}

// The tensor itself under another handle, of which the function can be the history.
Tensor as_output(const Tensor& t, Location where) {
  NoGradGuard no_grad;
  const record::TensorImpl& self = *record::impl(t);
  return record::make_view(t, record::same(self.chain, self.type(), where), self.sizes,
                           self.strides, self.offset, where);
}
}  // namespace

variable_list AutogradContext::get_saved_variables() const {
  if (freed_) refuse_second_backward(Location::none(), "");
  variable_list list;
  const std::shared_ptr<Node> function = function_.lock();
  for (const SavedVariable& s : saved_) list.push_back(s.unpack(function));
  return list;
}
bool AutogradContext::needs_input_grad(size_t i) const {
  const std::shared_ptr<Node> function = function_.lock();
  TORCH_INTERNAL_ASSERT(function, "needs_input_grad: the function is gone");
  return function->task_should_compute_output(i);
}
bool AutogradContext::needs_input_grad(std::initializer_list<IndexRange> ranges) const {
  const std::shared_ptr<Node> function = function_.lock();
  TORCH_INTERNAL_ASSERT(function, "needs_input_grad: the function is gone");
  return function->task_should_compute_output(ranges);
}

void FunctionNode::begin(FunctionInputs inputs) {
  context_.function_ = weak_from_this();
  inputs_ = std::move(inputs);
  if (!GradMode::is_enabled() || !any_variable_requires_grad(inputs_.variables)) return;
  differentiates_ = true;
  std::vector<record::Value> sources;
  for (const Tensor& t : inputs_.variables)
    sources.push_back(source_of_operand(t, How(Location::none(), nullptr, "apply")));
  Inside::set_sources(*this, sources);
}

bool FunctionNode::is_input(const Tensor& t) const { return contains(inputs_.variables, t); }

// An output of forward as the program gets it.
Tensor FunctionNode::output(const Tensor& t, Location where) {
  const bool dirty = contains(context_.dirty_, t);
  const auto mark = [&] {
    if (dirty) record::impl(t)->version_counter()->version.fetch_add(1, std::memory_order_relaxed);
  };
  if (!differentiates_) {
    mark();
    return is_input(t) && !dirty ? t.detach(where) : t;
  }
  const uint32_t index = add_input_metadata(t);
  if (contains(context_.no_gradient_, t) || !t.is_floating_point()) {
    mark();
    if (!t.requires_grad()) return t;
    return dirty ? t.detach_(where) : t.detach(where);
  }
  const record::Value result =
      record::result_of(shared_from_this(), index, record::impl(t)->type(),
                        record::impl(t)->storage->home);
  if (dirty) {
    AutoGradMode grad(true);
    How how(where, nullptr, "apply");
    record::check_writable(t, how.what, where);
    NoGradGuard no_grad;
    const record::Value known = value_of(t, how);
    AutoGradMode again(true);
    record::write(t, record::record(Op::cached, {result, known}, {}, how), how);
    return t;
  }
  const Tensor out = is_input(t) ? as_output(t, where) : t;
  record::attach(out, result, where);
  if (out.is_view()) record::impl(out)->creation = CreationMeta::IN_CUSTOM_FUNCTION;
  return out;
}

variable_list FunctionNode::end(variable_list outputs, Location where) {
  for (const Tensor& t : context_.dirty_) {
    if (!contains(outputs, t))
      throw c10::Error(
          "Some elements marked as dirty during the forward method were not returned as output. The "
          "inputs that are modified inplace must all be outputs of the Function.",
          record::located(where));
    if (differentiates_ && t.is_view() && outputs.size() > 1)
      throw c10::Error(
          "If your Function modifies inplace an input that is a view of another Tensor, your "
          "Function cannot return more than one Tensor. This is not supported by the current "
          "autograd engine. You should either make sure the input is not a view (using .clone() "
          "for example) or make your Function only return one Tensor (potentially splitting it "
          "into two Functions: one doing the inplace that returns a single Tensor and a second one "
          "that does the other operations). You can ask on the forum https://discuss.pytorch.org/ "
          "if you need help to do this change.",
          record::located(where));
  }
  for (Tensor& t : outputs) {
    if (t.defined()) t = output(t, where);
    else if (differentiates_) add_input_metadata({{0}, ScalarType::Float, kCPU});
  }
  if (differentiates_) save(outputs);
  context_.to_save_.clear();
  context_.dirty_.clear();
  context_.no_gradient_.clear();
  inputs_.variables.clear();
  return outputs;
}

void FunctionNode::save(const variable_list& outputs) {
  for (const Tensor& t : context_.to_save_)
    context_.saved_.emplace_back(t, t.defined() && t.grad_fn().get() == this);
}

void FunctionNode::release_variables() {
  context_.saved_.clear();
  context_.freed_ = true;
}

variable_list FunctionNode::apply(variable_list&& grads) {
  const How how(Location::none(), nullptr, "backward");
  for (size_t i = 0; i < grads.size(); ++i)
    if (!grads[i].defined() && context_.materialize_) grads[i] = input_metadata(i).zeros_like();
  variable_list all = backward(&context_, grads);
  const std::vector<bool>& is_variable = inputs_.is_variable;
  // Too many are all right as long as they are undefined.
  while (all.size() > is_variable.size() && !all.back().defined()) all.pop_back();
  if (all.size() != is_variable.size())
    refuse(how.where, how.what, "function ", name(),
           " returned an incorrect number of gradients (expected ", is_variable.size(), ", got ",
           all.size(), ")");
  variable_list results;
  for (size_t i = 0; i < all.size(); ++i) {
    if (is_variable[i]) results.push_back(all[i]);
    else if (all[i].defined())
      refuse(how.where, how.what, "function ", name(),
             " returned a gradient different that is defined at position ", i + 1,
             ", std the corresponding forward input was not a Variable");
  }
  return results;
}

SavedVariable::SavedVariable(const Variable& variable, bool is_output, bool)
    : is_output_(is_output) {
  if (!variable.defined()) return;
  version_ = variable._version();
  data_ = variable;
  if (!is_output) return;
  output_nr_ = static_cast<uint32_t>(variable.output_nr());
  // The variable's memory belongs to the history that the function is in.
  const How how(Location::none(), nullptr, "SavedVariable");
  NoGradGuard no_grad;
  data_ = result_like(record::bare(value_of(variable, how), how.where), variable);
  record::share_versions(data_, variable);
}

Variable SavedVariable::unpack(std::shared_ptr<Node> saved_for) const {
  if (!data_.defined()) return data_;
  if (data_._version() != version_)
    refuse_modified(record::impl(data_)->type(), record::history(data_).get(), data_._version(),
                    version_, Location::none(), "");
  if (!is_output_) return data_;
  const Tensor t = record::make_detached(data_, true);
  if (saved_for)
    record::attach(t, record::result_of(std::move(saved_for), output_nr_, record::impl(t)->type(),
                                       record::impl(t)->storage->home),
                   Location::none());
  return t;
}
}  // namespace autograd
}  // namespace torch
