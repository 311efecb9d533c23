/// Cloneable<Derived>: gives a module a deep clone(). What makes the module's parameters, buffers
/// and submodules anew stands in reset(), which the constructor calls too.
#pragma once
#include <memory>
#include <utility>

#include "frontend/autograd/grad_mode.h"
#include "frontend/nn/module.h"

namespace torch {
namespace nn {

template <typename Derived> class Cloneable : public virtual Module {
 public:
  using Module::Module;

  /// Makes all parameters, buffers and submodules as if just constructed.
  virtual void reset() = 0;

  /// A deep copy, on `device` if given.
  std::shared_ptr<Module> clone(const std::optional<Device>& device = std::nullopt) const override {
    NoGradGuard no_grad;
    const auto& self = static_cast<const Derived&>(*this);
    auto copy = std::make_shared<Derived>(self);
    copy->parameters_.clear();
    copy->buffers_.clear();
    copy->children_.clear();
    copy->reset();
    WEFT_CHECK_AT(
        Location::none(), copy->parameters_.size() == parameters_.size(),
        "The cloned module does not have the same number of parameters as the original module "
        "after "
        "calling reset(). Are you sure you called register_parameter() inside reset() and not the "
        "constructor?");
    for (const auto& parameter : named_parameters(/*recurse=*/false))
      copy->parameters_[parameter.key()].set_data(duplicate(*parameter, device));
    WEFT_CHECK_AT(
        Location::none(), copy->buffers_.size() == buffers_.size(),
        "The cloned module does not have the same number of buffers as the original module after "
        "calling reset(). Are you sure you called register_buffer() inside reset() and not the "
        "constructor?");
    for (const auto& buffer : named_buffers(/*recurse=*/false))
      copy->buffers_[buffer.key()].set_data(duplicate(*buffer, device));
    WEFT_CHECK_AT(
        Location::none(), copy->children_.size() == children_.size(),
        "The cloned module does not have the same number of child modules as the original module "
        "after "
        "calling reset(). Are you sure you called register_module() inside reset() and not the "
        "constructor?");
    for (const auto& child : children_)
      copy->children_[child.key()]->clone_(*child.value(), device);
    return copy;
  }

 private:
  static Tensor duplicate(const Tensor& tensor, const std::optional<Device>& device) {
    return device && tensor.device() != *device ? tensor.to(*device) : tensor.clone();
  }
  void clone_(Module& other, const std::optional<Device>& device) final {
    auto clone = std::dynamic_pointer_cast<Derived>(other.clone(device));
    WEFT_CHECK_AT(
        Location::none(), clone != nullptr,
        "Attempted to clone submodule, but it is of a different type than the submodule it "
        "was to be "
        "cloned into");
    static_cast<Derived&>(*this) = std::move(*clone);
  }
};
}  // namespace nn
}  // namespace torch
