/// Cloneable<Derived>: gives a module a deep clone(). What makes the module's parameters, buffers
/// and submodules anew stands in reset(), which the constructor calls too.
#pragma once
#include <memory>
#include <utility>

#include "frontend/autograd/grad_mode.h"
#include "frontend/nn/module.h"
#include "frontend/nn/pimpl.h"
#include "frontend/tensor/compiled_once.h"

namespace torch {
namespace nn {

template <typename Derived> class Cloneable : public virtual Module {
 public:
  using Module::Module;

  /// Makes all parameters, buffers and submodules as if just constructed.
  virtual void reset() = 0;

  /// A deep copy, on `device` if given.
  std::shared_ptr<Module> clone(const std::optional<Device>& device = std::nullopt) const override;

 private:
  void clone_(Module& other, const std::optional<Device>& device) final;
};

// Not inline, so that what the library has compiled is not compiled again (WEFT_COMPILED_ONCE).
template <typename Derived>
std::shared_ptr<Module> Cloneable<Derived>::clone(const std::optional<Device>& device) const {
  NoGradGuard no_grad;
  auto copy = std::make_shared<Derived>(static_cast<const Derived&>(*this));
  copy->clear_members();
  copy->reset();
  copy->copy_members(*this, device);
  return copy;
}

template <typename Derived>
void Cloneable<Derived>::clone_(Module& other, const std::optional<Device>& device) {
  auto clone = std::dynamic_pointer_cast<Derived>(other.clone(device));
  WEFT_CHECK_AT(Location::none(), clone != nullptr,
                "Attempted to clone submodule, but it is of a different type than the submodule it "
                "was to be cloned into");
  static_cast<Derived&>(*this) = std::move(*clone);
}
}  // namespace nn
}  // namespace torch

/// TORCH_MODULE for the library's own modules.
#define WEFT_MODULE(Name) \
  TORCH_MODULE(Name);     \
  WEFT_COMPILED_ONCE class Cloneable<Name##Impl>
