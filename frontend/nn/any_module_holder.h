/// How AnyModule calls the forward of a module whose type it has forgotten.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "frontend/nn/any_value.h"

namespace torch {
namespace nn {

struct AnyModulePlaceholder : AnyValue::Placeholder {
  using AnyValue::Placeholder::Placeholder;
  virtual AnyValue forward(std::vector<AnyValue>&& arguments) = 0;
  virtual std::shared_ptr<Module> ptr() = 0;
  virtual std::unique_ptr<AnyModulePlaceholder> copy() const = 0;
  virtual std::unique_ptr<AnyModulePlaceholder> clone_module(
      std::optional<Device> device) const = 0;

 protected:
  // Throws unless `count` arguments fit; `required` < 0: exactly `most`.
  void check_count(size_t count, int required, size_t most) const;
};

template <typename ModuleType, typename... ArgumentTypes>
struct AnyModuleHolder : AnyModulePlaceholder {
  // The library's own modules take the caller's line last; it is no argument of the user's.
  static constexpr bool takes_location = torch::detail::last_is_location<ArgumentTypes...>::value;
  static constexpr size_t arity = sizeof...(ArgumentTypes) - takes_location;

  explicit AnyModuleHolder(std::shared_ptr<ModuleType>&& m)
      : AnyModulePlaceholder(typeid(ModuleType)), module(std::move(m)) {}

  AnyValue forward(std::vector<AnyValue>&& arguments) override {
    Module& base = *module;
    const bool has_defaults = base._forward_has_default_args();
    check_count(arguments.size(),
                has_defaults ? static_cast<int>(base._forward_num_required_args()) : -1, arity);
    if (has_defaults) arguments = base._forward_populate_default_args(std::move(arguments));
    return invoke(arguments, std::make_index_sequence<arity>());
  }
  std::shared_ptr<Module> ptr() override { return module; }
  std::unique_ptr<AnyModulePlaceholder> copy() const override {
    return std::make_unique<AnyModuleHolder>(*this);
  }
  std::unique_ptr<AnyModulePlaceholder> clone_module(std::optional<Device> device) const override {
    return std::make_unique<AnyModuleHolder>(
        std::dynamic_pointer_cast<ModuleType>(module->clone(device)));
  }

  std::shared_ptr<ModuleType> module;

 private:
  template <size_t... I>
  AnyValue invoke(std::vector<AnyValue>& arguments, std::index_sequence<I...>) {
    using Types = std::tuple<ArgumentTypes...>;
    (void)arguments;
    if constexpr (takes_location)  // none of its own: that of the call around this one counts
      return AnyValue(module->forward(argument<std::tuple_element_t<I, Types>>(arguments, I)...,
                                      Location::none()));
    else
      return AnyValue(module->forward(argument<std::tuple_element_t<I, Types>>(arguments, I)...));
  }
  template <typename T>
  static std::decay_t<T>&& argument(std::vector<AnyValue>& arguments, size_t index) {
    if (auto* value = arguments[index].template try_get<std::decay_t<T>>())
      return std::move(*value);
    WEFT_FAIL_AT(Location::none(), "Expected argument #", index, " to be of type ",
                 demangle(typeid(T)), ", but received value of type ",
                 demangle(arguments[index].type_info()));
  }
};
}  // namespace nn
}  // namespace torch
