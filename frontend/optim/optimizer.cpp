#include "frontend/optim/optimizer.h"

#include <unordered_set>

#include "frontend/optim/fields_inside.h"
#include "frontend/record/scope.h"

namespace torch {
namespace optim {

OptimizerParamState::~OptimizerParamState() = default;
std::unique_ptr<OptimizerParamState> OptimizerParamState::clone() const {
  TORCH_CHECK(false,
              "clone() has not been implemented for torch::optim::OptimizerParamState. Subclass "
              "torch::optim::OptimizerCloneableParamState<YourOptimizerParamState> instead of "
              "torch::optim::OptimizerParamState to inherit the ability to clone.");
  return nullptr;
}

void OptimizerParamState::fields(Fields&) {}

OptimizerOptions::~OptimizerOptions() = default;
void OptimizerOptions::fields(Fields&) {}
std::unique_ptr<OptimizerOptions> OptimizerOptions::clone() const {
  TORCH_CHECK(false,
              "clone() has not been implemented for torch::optim::OptimizerOptions. Subclass "
              "torch::optim::OptimizerCloneableOptions<YourOptimizerOptions> instead of "
              "torch::optim::OptimizerOptions to inherit the ability to clone.");
  return nullptr;
}
double OptimizerOptions::get_lr() const {
  TORCH_CHECK(false, "double get_lr() has not been overridden and implemented in subclass of "
              "torch::optim::OptimizerOptions, you must override it in your subclass.");
  return 0;
}
void OptimizerOptions::set_lr(const double) {
  TORCH_CHECK(false, "double set_lr() has not been overridden and implemented in subclass of "
              "torch::optim::OptimizerOptions, you must override it in your subclass.");
}
std::unique_ptr<OptimizerOptions> OptimizerOptions::over(const OptimizerOptions&) const {
  return clone();
}

OptimizerParamGroup::OptimizerParamGroup(const OptimizerParamGroup& other)
    : params_(other.params_),
      options_(other.options_ ? other.options_->clone() : nullptr),
      initial_lr_(other.initial_lr_) {}
bool OptimizerParamGroup::has_options() const { return options_ != nullptr; }
OptimizerOptions& OptimizerParamGroup::options() {
  TORCH_CHECK(has_options(), "this parameter group has no options");
  return *options_;
}
const OptimizerOptions& OptimizerParamGroup::options() const {
  return const_cast<OptimizerParamGroup*>(this)->options();
}
void OptimizerParamGroup::set_options(std::unique_ptr<OptimizerOptions> options) {
  options_ = std::move(options);
}
std::vector<Tensor>& OptimizerParamGroup::params() { return params_; }
const std::vector<Tensor>& OptimizerParamGroup::params() const { return params_; }

Optimizer::Optimizer(const std::vector<OptimizerParamGroup>& param_groups,
                     std::unique_ptr<OptimizerOptions> defaults, Location where)
    : defaults_(std::move(defaults)) {
  for (const auto& group : param_groups) add_param_group(group, where);
}
Optimizer::Optimizer(std::vector<Tensor> parameters, std::unique_ptr<OptimizerOptions> defaults,
                     Location where)
    : defaults_(std::move(defaults)) {
  add_param_group(OptimizerParamGroup(std::move(parameters)), where);
}
Optimizer::~Optimizer() = default;

std::unique_ptr<OptimizerParamState> Optimizer::new_state() const { return nullptr; }

void Optimizer::add_param_group(const OptimizerParamGroup& param_group, Location where) {
  record::Call call(where);
  TORCH_CHECK(defaults_, "an optimizer without default options takes no parameters");
  std::unordered_set<void*> known, own;
  for (const auto& group : param_groups_)
    for (const auto& param : group.params()) known.insert(param.unsafeGetTensorImpl());
  for (const auto& param : param_group.params()) {
    TORCH_CHECK(param.defined(), "can't optimize an undefined Tensor");
    TORCH_CHECK(param.is_leaf(), "can't optimize a non-leaf Tensor (of sizes ", param.sizes(), ")");
    TORCH_CHECK(!known.count(param.unsafeGetTensorImpl()),
                "some parameters appear in more than one parameter group (one of sizes ",
                param.sizes(), ")");
    own.insert(param.unsafeGetTensorImpl());
  }
  if (own.size() != param_group.params().size())
    TORCH_WARN("optimizer contains a parameter group with duplicate parameters; each of them is "
               "updated as often as it appears");
  OptimizerParamGroup group(param_group);
  group.set_options(param_group.has_options() ? param_group.options().over(*defaults_)
                                              : defaults_->clone());
  param_groups_.push_back(std::move(group));
}

void Optimizer::zero_grad(bool set_to_none) {
  for (auto& group : param_groups_) {
    for (auto& p : group.params()) {
      Tensor& grad = p.mutable_grad();
      if (!grad.defined()) continue;
      if (set_to_none) {
        grad.reset();
      } else {
        grad.detach_();
        grad.zero_();
      }
    }
  }
}

OptimizerOptions& Optimizer::defaults() noexcept { return *defaults_; }
const OptimizerOptions& Optimizer::defaults() const noexcept { return *defaults_; }
std::vector<OptimizerParamGroup>& Optimizer::param_groups() noexcept { return param_groups_; }
const std::vector<OptimizerParamGroup>& Optimizer::param_groups() const noexcept {
  return param_groups_;
}
Optimizer::State& Optimizer::state() noexcept { return state_; }
const Optimizer::State& Optimizer::state() const noexcept { return state_; }

void Optimizer::add_parameters(const std::vector<Tensor>& parameters) {
  TORCH_WARN("Optimizer::add_parameters() will be removed in PyTorch 1.6");
  auto& first = param_groups_.at(0).params();
  first.insert(first.end(), parameters.begin(), parameters.end());
}
const std::vector<Tensor>& Optimizer::parameters() const noexcept {
  TORCH_WARN("Optimizer::parameters() will be removed in PyTorch 1.6");
  return param_groups_.at(0).params();
}
std::vector<Tensor>& Optimizer::parameters() noexcept {
  TORCH_WARN("Optimizer::parameters() will be removed in PyTorch 1.6");
  return param_groups_.at(0).params();
}
size_t Optimizer::size() const noexcept {
  TORCH_WARN("Optimizer::size() will be removed in PyTorch 1.6");
  size_t count = 0;
  for (const auto& group : param_groups_) count += group.params().size();
  return count;
}
}  // namespace optim
}  // namespace torch
