/// What optimizers keep: options a parameter group, state a parameter.
#pragma once
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "frontend/tensor/tensor.h"

namespace torch {
namespace optim {

/// What an optimizer remembers of one parameter.
class OptimizerParamState {
 public:
  virtual ~OptimizerParamState();
  virtual std::unique_ptr<OptimizerParamState> clone() const;
};
template <typename Derived>
class OptimizerCloneableParamState : public OptimizerParamState {
  std::unique_ptr<OptimizerParamState> clone() const override {
    return std::make_unique<Derived>(static_cast<const Derived&>(*this));
  }
};

/// The settings of a group of parameters.
class OptimizerOptions {
 public:
  virtual ~OptimizerOptions();
  virtual std::unique_ptr<OptimizerOptions> clone() const;
  virtual double get_lr() const;
  virtual void set_lr(const double lr);
  /// These options where they differ from those of a fresh object, `defaults` elsewhere: what a
  /// group that was given some options of its own gets.
  virtual std::unique_ptr<OptimizerOptions> over(const OptimizerOptions& defaults) const;
};
namespace detail {
template <typename T, typename = void>
struct has_lr : std::false_type {};
template <typename T>
struct has_lr<T, std::void_t<decltype(std::declval<T&>().lr(1.0))>> : std::true_type {};
template <typename T, typename = void>
struct has_merge : std::false_type {};
template <typename T>
struct has_merge<T, std::void_t<decltype(T::merge(std::declval<T&>(), std::declval<const T&>()))>>
    : std::true_type {};
}  // namespace detail

template <typename Derived>
class OptimizerCloneableOptions : public OptimizerOptions {
  std::unique_ptr<OptimizerOptions> clone() const override {
    return std::make_unique<Derived>(static_cast<const Derived&>(*this));
  }

 public:
  double get_lr() const override {
    if constexpr (detail::has_lr<Derived>::value) return static_cast<const Derived&>(*this).lr();
    else return OptimizerOptions::get_lr();
  }
  void set_lr(const double lr) override {
    if constexpr (detail::has_lr<Derived>::value) static_cast<Derived&>(*this).lr(lr);
    else OptimizerOptions::set_lr(lr);
  }
  std::unique_ptr<OptimizerOptions> over(const OptimizerOptions& defaults) const override {
    if constexpr (detail::has_merge<Derived>::value) {
      if (auto* base = dynamic_cast<const Derived*>(&defaults)) {
        auto merged = std::make_unique<Derived>(*base);
        Derived::merge(*merged, static_cast<const Derived&>(*this));
        return merged;
      }
    }
    return clone();
  }
};

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

 protected:
  std::vector<Tensor> params_;
  std::unique_ptr<OptimizerOptions> options_;
};
}  // namespace optim
}  // namespace torch
