/// optim::Optimizer: updates parameters from their gradients. An optimizer records ops like any
/// other code; a step ends with one evaluation of everything alive, so forward, backward and update
/// are one executable with the parameters updated in place. Invariant: every step records the same
/// graph. What changes from step to step (learning rate, step count, what is special about the
/// first step) are scalars, and state starts as evaluated zeros.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "frontend/optim/options.h"
#include "frontend/tensor/ivalue.h"

namespace torch {
namespace optim {

/// A function that computes the loss anew and its gradients, or none; and the line that passed it.
class LossClosure {
 public:
  LossClosure(std::nullptr_t = nullptr, Location where = Location::current()) : where_(where) {}
  template <typename F,
            typename = std::enable_if_t<!std::is_same<std::decay_t<F>, LossClosure>::value>,
            typename = decltype(std::declval<F&>()())>
  LossClosure(F&& function, Location where = Location::current())
      : function_(std::forward<F>(function)), where_(where) {}
  Tensor operator()() const { return function_(); }
  explicit operator bool() const { return static_cast<bool>(function_); }
  friend bool operator==(const LossClosure& closure, std::nullptr_t) { return !closure.function_; }
  friend bool operator!=(const LossClosure& closure, std::nullptr_t) {
    return bool(closure.function_);
  }
  operator std::function<Tensor()>() const { return function_; }
  Location where() const { return where_; }

 private:
  std::function<Tensor()> function_;
  Location where_;
};

/// What an optimizer knows, parameters by their numbers, counted through all groups; as Python's.
struct OptimizerStateDict {
  struct Group {
    IValue::Dict options;
    std::vector<int64_t> params;
  };
  std::map<int64_t, IValue::Dict> state;
  std::vector<Group> param_groups;
};

class Optimizer {
 public:
  using LossClosure = optim::LossClosure;
  using State = std::unordered_map<void*, std::unique_ptr<OptimizerParamState>>;

  Optimizer(const std::vector<OptimizerParamGroup>& param_groups,
            std::unique_ptr<OptimizerOptions> defaults, WEFT_WHERE);
  Optimizer(std::vector<Tensor> parameters, std::unique_ptr<OptimizerOptions> defaults, WEFT_WHERE);
  Optimizer(const Optimizer&) = delete;
  Optimizer(Optimizer&&) = default;
  Optimizer& operator=(const Optimizer&) = delete;
  Optimizer& operator=(Optimizer&&) = default;
  virtual ~Optimizer();

  /// Adds a group; without options it takes the optimizer's, with some of its own the rest of them.
  void add_param_group(const OptimizerParamGroup& param_group, WEFT_WHERE);
  /// Updates every parameter that has a gradient. With a closure, calls it first and returns its
  /// loss.
  virtual Tensor step(LossClosure closure = nullptr) = 0;
  /// Forgets all gradients, or with set_to_none = false fills them with zeros.
  void zero_grad(bool set_to_none = true);

  OptimizerOptions& defaults() noexcept;
  const OptimizerOptions& defaults() const noexcept;
  std::vector<OptimizerParamGroup>& param_groups() noexcept;
  const std::vector<OptimizerParamGroup>& param_groups() const noexcept;
  /// By the parameter's unsafeGetTensorImpl(); most optimizers make it in the first step.
  State& state() noexcept;
  const State& state() const noexcept;

  /// Options and state, in libtorch's format (frontend/serialize/serialize.h).
  virtual void save(serialize::OutputArchive& archive) const;
  /// Takes both from an archive; an error changes nothing.
  virtual void load(serialize::InputArchive& archive);

  /// The same in memory: tensors of the dict are the optimizer's own, and copied when loaded.
  OptimizerStateDict state_dict() const;
  void load_state_dict(const OptimizerStateDict& state_dict, WEFT_WHERE);

  // Deprecated in libtorch, each with its warning: the parameters of the first group.
  void add_parameters(const std::vector<Tensor>& parameters);
  const std::vector<Tensor>& parameters() const noexcept;
  std::vector<Tensor>& parameters() noexcept;
  size_t size() const noexcept;

 protected:
  std::vector<OptimizerParamGroup> param_groups_;
  State state_;
  std::unique_ptr<OptimizerOptions> defaults_;

 private:
  /// The state of a parameter before its first step, of this optimizer's type.
  virtual std::unique_ptr<OptimizerParamState> new_state() const;
};
}  // namespace optim
}  // namespace torch
