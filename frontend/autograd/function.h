/// Functions with a backward of the program's own:
///
///   struct Double : torch::autograd::Function<Double> {
///     static Tensor forward(AutogradContext* ctx, Tensor x) { return x * 2; }
///     static variable_list backward(AutogradContext* ctx, variable_list dy) { return {dy[0] * 2}; }
///   };
///   auto y = Double::apply(x);
///
/// What they record is recorded as everything is: `backward` runs when a gradient is asked for, and
/// its values are computed when somebody looks.
#pragma once
#include "frontend/autograd/grad_mode.h"
#include "frontend/autograd/saved_variable.h"
#include "frontend/tensor/flat_hash_map.h"
#include "frontend/tensor/ivalue.h"

namespace torch {
namespace autograd {
/// What a function's forward hands to its backward.
class AutogradContext {
 public:
  AutogradContext() = default;
  AutogradContext(const AutogradContext&) = delete;
  AutogradContext& operator=(const AutogradContext&) = delete;

  /// Anything but inputs and outputs, which save_for_backward takes.
  ska::flat_hash_map<std::string, c10::IValue> saved_data;
  /// Once, in forward.
  void save_for_backward(variable_list to_save) { to_save_ = std::move(to_save); }
  /// Inputs that forward wrote to, all of which it returns.
  void mark_dirty(const variable_list& inputs) { dirty_ = inputs; }
  /// Outputs that no gradient flows through.
  void mark_non_differentiable(const variable_list& outputs) { no_gradient_ = outputs; }
  /// Whether backward gets zeros where no gradient came (it does unless told), or undefined tensors.
  void set_materialize_grads(bool value) { materialize_ = value; }

  /// In the order in which they were saved. An error if one was written to since, or if a backward
  /// without retain_graph went through.
  variable_list get_saved_variables() const;
  /// Whether the backward that runs wants the gradient of input `i`, counted among the tensors.
  bool needs_input_grad(size_t i) const;
  bool needs_input_grad(std::initializer_list<IndexRange> ranges) const;

 private:
  friend struct FunctionNode;
  variable_list to_save_, dirty_, no_gradient_;
  std::vector<SavedVariable> saved_;
  bool materialize_ = true, freed_ = false;
  std::weak_ptr<Node> function_;
};

/// The tensors among a function's arguments.
struct FunctionInputs {
  std::vector<bool> is_variable;  // one an argument, one a tensor of a TensorList
  variable_list variables;
  void add(const Tensor& t) {
    is_variable.push_back(true);
    variables.push_back(t);
  }
  void add(const optional<Tensor>& t) {
    if (t && t->defined()) add(*t);
    else is_variable.push_back(false);
  }
  void add(const TensorList& list) {
    for (const Tensor& t : list) add(t);
  }
  template <class T> void add(const T&) { is_variable.push_back(false); }
};

struct FunctionNode : Node {
  /// Before and after forward ran. `end` gives its outputs their history.
  void begin(FunctionInputs inputs);
  variable_list end(variable_list outputs, Location where);
  AutogradContext& context() { return context_; }
  void release_variables() override;

 protected:
  variable_list apply(variable_list&& grads) override;
  virtual variable_list backward(AutogradContext* context, variable_list& grads) = 0;

 private:
  Tensor output(const Tensor& t, Location where);
  void save(const variable_list& outputs);
  bool is_input(const Tensor& t) const;
  AutogradContext context_;
  FunctionInputs inputs_;
  bool differentiates_ = false;
};

/// "torch::autograd::CppNode<Double>".
template <class T> struct CppNode : FunctionNode {
 protected:
  variable_list backward(AutogradContext* context, variable_list& grads) override {
    return T::backward(context, grads);
  }
};

template <class X, class... Args>
using forward_t = decltype(X::forward(nullptr, std::declval<Args>()...));

template <class T> struct Function {
  /// Calls T::forward without grad; gradients of its outputs go through T::backward.
  template <class X = T, class... Args>
  static auto apply(Args&&... args)
      -> std::enable_if_t<std::is_same<X, T>::value, forward_t<X, Args...>> {
    const auto node = std::make_shared<CppNode<T>>();
    FunctionInputs inputs;
    (inputs.add(args), ...);
    node->begin(std::move(inputs));
    using Outputs = forward_t<X, Args...>;
    Outputs outputs = [&] {
      AutoGradMode no_grad(false);
      return T::forward(&node->context(), std::forward<Args>(args)...);
    }();
    if constexpr (std::is_same<Outputs, variable_list>::value) {
      return node->end(std::move(outputs), Location::none());
    } else {
      return node->end({std::move(outputs)}, Location::none())[0];
    }
  }
  static constexpr bool is_traceable = false;
};
}  // namespace autograd
}  // namespace torch
