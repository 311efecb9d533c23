// What Python calls state dicts: of optimizers, by the parameters' numbers, and of schedules.
#include "frontend/autograd/grad_mode.h"
#include "frontend/optim/optimizer.h"
#include "frontend/optim/schedulers/schedulers.h"
#include "frontend/record/scope.h"
#include "frontend/serialize/field_values_inside.h"

namespace torch {
namespace optim {
namespace {
using Dict = IValue::Dict;

// Fields by name. Schedules made of others have some names more than once: those get a number.
std::vector<std::pair<std::string, Field>> named(const Fields& fields) {
  std::map<std::string, int> seen;
  std::vector<std::pair<std::string, Field>> all;
  for (const Field& field : fields) {
    const int before = seen[field.name]++;
    all.emplace_back(before ? std::string(field.name) + "." + std::to_string(before) : field.name,
                     field);
  }
  return all;
}
Dict to_dict(const Fields& fields) {
  Dict dict;
  for (const auto& [name, field] : named(fields))
    if (const optional<serialize::Value> value = serialize::value_of(field))
      dict[name] = serialize::to_ivalue(*value);
  return dict;
}
// Tensors are copied: the dict may be that of an optimizer that goes on.
void from_dict(const Fields& fields, const Dict& dict) {
  NoGradGuard no_grad;
  for (const auto& [name, field] : named(fields)) {
    const auto found = dict.find(name);
    if (found == dict.end() && serialize::may_be_missing(field)) continue;
    TORCH_CHECK(found != dict.end(), "the state dict has no '", name, "'");
    serialize::Value value = serialize::from_ivalue(found->second);
    if (const Tensor* t = value.get<Tensor>()) value = {t->clone()};
    TORCH_CHECK(serialize::take(field, value), "the state dict has a value of another type as '",
                name, "'");
  }
}
}  // namespace

OptimizerStateDict Optimizer::state_dict() const {
  OptimizerStateDict dict;
  int64_t number = 0;
  for (const OptimizerParamGroup& group : param_groups_) {
    OptimizerStateDict::Group saved;
    saved.options = to_dict(fields_of(group.options()));
    if (group.initial_lr()) saved.options["initial_lr"] = *group.initial_lr();
    for (const Tensor& param : group.params()) {
      const auto found = state_.find(param.unsafeGetTensorImpl());
      if (found != state_.end() && found->second)
        dict.state[number] = to_dict(fields_of(*found->second));
      saved.params.push_back(number++);
    }
    dict.param_groups.push_back(std::move(saved));
  }
  return dict;
}

void Optimizer::load_state_dict(const OptimizerStateDict& dict, Location where) {
  record::Call call(where);
  TORCH_CHECK_VALUE(dict.param_groups.size() == param_groups_.size(),
                    "loaded state dict has a different number of parameter groups");
  // All is made before anything is changed.
  State fresh;
  std::vector<std::unique_ptr<OptimizerOptions>> options;
  for (size_t i = 0; i < param_groups_.size(); ++i) {
    const auto& [saved, numbers] = dict.param_groups[i];
    const std::vector<Tensor>& params = param_groups_[i].params();
    TORCH_CHECK_VALUE(numbers.size() == params.size(),
                      "loaded state dict contains a parameter group that doesn't match the size of "
                      "optimizer's group");
    options.push_back(param_groups_[i].options().clone());
    from_dict(fields_of(*options.back()), saved);
    for (size_t j = 0; j < params.size(); ++j) {
      const auto found = dict.state.find(numbers[j]);
      if (found == dict.state.end()) continue;
      std::unique_ptr<OptimizerParamState> state = new_state();
      TORCH_CHECK(state, "this optimizer does not say how its states are made");
      from_dict(fields_of(*state), found->second);
      fresh[params[j].unsafeGetTensorImpl()] = std::move(state);
    }
  }
  state_ = std::move(fresh);
  for (size_t i = 0; i < param_groups_.size(); ++i) {
    param_groups_[i].set_options(std::move(options[i]));
    const auto rate = dict.param_groups[i].options.find("initial_lr");
    if (rate != dict.param_groups[i].options.end())
      param_groups_[i].initial_lr() = rate->second.toDouble();
  }
}

Dict LRScheduler::state_dict() const { return to_dict(fields_of(*this)); }
void LRScheduler::load_state_dict(const Dict& state_dict, Location where) {
  record::Call call(where);
  from_dict(fields_of(*this), state_dict);
}
Dict ReduceLROnPlateau::state_dict() const { return to_dict(fields_of(*this)); }
void ReduceLROnPlateau::load_state_dict(const Dict& state_dict, Location where) {
  record::Call call(where);
  from_dict(fields_of(*this), state_dict);
}
}  // namespace optim
}  // namespace torch
