/// What optimizers keep: options a parameter group, state a parameter. Both are lists of named
/// fields (`fields`); comparing, merging, saving and loading go over them.
#pragma once
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "frontend/tensor/tensor.h"

namespace torch {
namespace serialize {
class InputArchive;
class OutputArchive;
}  // namespace serialize
namespace optim {
/// A setting, or a part of a state, by name (fields_inside.h).
struct Field;
using Fields = std::vector<Field>;

/// What an optimizer remembers of one parameter.
class OptimizerParamState {
 public:
  virtual ~OptimizerParamState();
  virtual std::unique_ptr<OptimizerParamState> clone() const;
  /// Adds the parts by name; a state that has none can't be compared or saved.
  virtual void fields(Fields& into);
  virtual void serialize(torch::serialize::InputArchive& archive);
  virtual void serialize(torch::serialize::OutputArchive& archive) const;
  /// Its tensors go to where the parameter went, if that did since the last step.
  void follow(const Tensor& param);

 private:
  std::optional<Device> device_;
};
// The members of the two templates are not inline, so that what the library has compiled is not
// compiled again (compiled_once.h).
template <typename Derived>
class OptimizerCloneableParamState : public OptimizerParamState {
  std::unique_ptr<OptimizerParamState> clone() const override;
};
template <typename Derived>
std::unique_ptr<OptimizerParamState> OptimizerCloneableParamState<Derived>::clone() const {
  return std::make_unique<Derived>(static_cast<const Derived&>(*this));
}

/// The settings of a group of parameters.
class OptimizerOptions {
 public:
  virtual ~OptimizerOptions();
  virtual std::unique_ptr<OptimizerOptions> clone() const;
  virtual double get_lr() const;
  virtual void set_lr(const double lr);
  virtual void fields(Fields& into);
  virtual void serialize(torch::serialize::InputArchive& archive);
  virtual void serialize(torch::serialize::OutputArchive& archive) const;
  /// These options where they differ from those of a fresh object, `defaults` elsewhere: what a
  /// group that was given some options of its own gets.
  virtual std::unique_ptr<OptimizerOptions> over(const OptimizerOptions& defaults) const;
};
/// Same type, equal fields; tensors are compared by their elements.
bool operator==(const OptimizerOptions& a, const OptimizerOptions& b);
bool operator==(const OptimizerParamState& a, const OptimizerParamState& b);

namespace detail {
template <typename T, typename = void>
struct has_lr : std::false_type {};
template <typename T>
struct has_lr<T, std::void_t<decltype(std::declval<T&>().lr(1.0))>> : std::true_type {};
std::unique_ptr<OptimizerOptions> merged(const OptimizerOptions& given, OptimizerOptions& fresh,
                                         const OptimizerOptions& defaults);
}  // namespace detail

template <typename Derived>
class OptimizerCloneableOptions : public OptimizerOptions {
  std::unique_ptr<OptimizerOptions> clone() const override;

 public:
  double get_lr() const override;
  void set_lr(const double lr) override;
  std::unique_ptr<OptimizerOptions> over(const OptimizerOptions& defaults) const override;
};
template <typename Derived>
std::unique_ptr<OptimizerOptions> OptimizerCloneableOptions<Derived>::clone() const {
  return std::make_unique<Derived>(static_cast<const Derived&>(*this));
}
template <typename Derived> double OptimizerCloneableOptions<Derived>::get_lr() const {
  if constexpr (detail::has_lr<Derived>::value) return static_cast<const Derived&>(*this).lr();
  else return OptimizerOptions::get_lr();
}
template <typename Derived> void OptimizerCloneableOptions<Derived>::set_lr(const double lr) {
  if constexpr (detail::has_lr<Derived>::value) static_cast<Derived&>(*this).lr(lr);
  else OptimizerOptions::set_lr(lr);
}
template <typename Derived>
std::unique_ptr<OptimizerOptions> OptimizerCloneableOptions<Derived>::over(
    const OptimizerOptions& defaults) const {
  if constexpr (std::is_default_constructible<Derived>::value) {
    Derived fresh;
    return detail::merged(*this, fresh, defaults);
  } else if constexpr (std::is_constructible<Derived, double>::value) {
    Derived fresh(1e-3);  // what libtorch takes for "no learning rate given"
    return detail::merged(*this, fresh, defaults);
  } else {
    return clone();
  }
}

/// Parameters with options of their own; without options they take the optimizer's.
class OptimizerParamGroup {
 public:
  OptimizerParamGroup(const OptimizerParamGroup& other);
  OptimizerParamGroup(OptimizerParamGroup&&) = default;
  OptimizerParamGroup(std::vector<Tensor> params) : params_(std::move(params)) {}
  OptimizerParamGroup(std::vector<Tensor> params, std::unique_ptr<OptimizerOptions> options)
      : params_(std::move(params)), options_(std::move(options)) {}
  OptimizerParamGroup& operator=(const OptimizerParamGroup&) = delete;
  OptimizerParamGroup& operator=(OptimizerParamGroup&&) noexcept = default;

  bool has_options() const;
  OptimizerOptions& options();
  const OptimizerOptions& options() const;
  void set_options(std::unique_ptr<OptimizerOptions> options);
  std::vector<Tensor>& params();
  const std::vector<Tensor>& params() const;
  /// The learning rate that schedulers start from; the first of them notes it.
  std::optional<double>& initial_lr() { return initial_lr_; }
  const std::optional<double>& initial_lr() const { return initial_lr_; }

 protected:
  std::vector<Tensor> params_;
  std::unique_ptr<OptimizerOptions> options_;
  std::optional<double> initial_lr_;
};
}  // namespace optim
}  // namespace torch
