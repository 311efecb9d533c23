/// AnyModule: a module of any type with a forward that is no template, called with checked
/// arguments.
#pragma once
#include <memory>
#include <utility>
#include <vector>

#include "frontend/nn/any_module_holder.h"
#include "frontend/nn/module.h"

namespace torch {
namespace nn {

class AnyModule {
 public:
  AnyModule() = default;
  template <typename ModuleType>
  explicit AnyModule(std::shared_ptr<ModuleType> module)
      : content_(
            make_holder(std::move(module), &std::remove_reference<ModuleType>::type::forward)) {
    static_assert(torch::detail::is_module<ModuleType>::value,
                  "Can only store object derived from nn::Module into AnyModule");
    static_assert(torch::detail::has_forward<ModuleType>::value,
                  "Can only store module with a forward() method that has a non-templatized "
                  "argument type and return "
                  "type into AnyModule (e.g. we cannot store nn::Sequential into AnyModule, "
                  "because its forward() "
                  "method's argument type and return type are templatized.");
  }
  template <typename ModuleType, typename = torch::detail::enable_if_module_t<ModuleType>>
  explicit AnyModule(ModuleType&& module)
      : AnyModule(std::make_shared<ModuleType>(std::forward<ModuleType>(module))) {}
  template <typename ModuleType>
  explicit AnyModule(const ModuleHolder<ModuleType>& module_holder)
      : AnyModule(module_holder.ptr()) {}

  AnyModule(AnyModule&&) = default;
  AnyModule& operator=(AnyModule&&) = default;
  /// Copies share the module.
  AnyModule(const AnyModule& other) : content_(other.content_ ? other.content_->copy() : nullptr) {}
  AnyModule& operator=(const AnyModule& other) {
    if (this != &other) content_ = other.content_ ? other.content_->copy() : nullptr;
    return *this;
  }
  template <typename ModuleType> AnyModule& operator=(std::shared_ptr<ModuleType> module) {
    return *this = AnyModule(std::move(module));
  }
  /// With a deep copy of the module.
  AnyModule clone(std::optional<Device> device = std::nullopt) const {
    AnyModule clone;
    clone.content_ = content_ ? content_->clone_module(device) : nullptr;
    return clone;
  }

  template <typename... ArgumentTypes> AnyValue any_forward(ArgumentTypes&&... arguments) {
    check_not_empty("forward()", Location::none());
    std::vector<AnyValue> values;
    values.reserve(sizeof...(ArgumentTypes));
    (values.push_back(boxed(std::forward<ArgumentTypes>(arguments))), ...);
    return content_->forward(std::move(values));
  }
  template <typename ReturnType = torch::Tensor, typename Input>
  ReturnType forward(Input&& input, Location where = Location::current()) {
    record::Call call(where);
    return any_forward(std::forward<Input>(input)).template get<ReturnType>(where);
  }
  template <typename ReturnType = torch::Tensor, typename... ArgumentTypes,
            typename = std::enable_if_t<sizeof...(ArgumentTypes) != 1>>
  ReturnType forward(ArgumentTypes&&... arguments) {
    return any_forward(std::forward<ArgumentTypes>(arguments)...)
        .template get<ReturnType>(Location::none());
  }

  /// The module as a T; throws if it is none.
  template <typename T, typename = torch::detail::enable_if_module_t<T>>
  T& get(Location where = Location::current()) {
    return get_<T>(where);
  }
  template <typename T, typename = torch::detail::enable_if_module_t<T>>
  const T& get(Location where = Location::current()) const {
    return get_<T>(where);
  }
  template <typename T, typename ContainedType = typename T::ContainedType>
  T get(Location where = Location::current()) const {
    return T(ptr<ContainedType>(where));
  }
  std::shared_ptr<Module> ptr(Location where = Location::current()) const {
    check_not_empty("ptr()", where);
    return content_->ptr();
  }
  template <typename T, typename = torch::detail::enable_if_module_t<T>>
  std::shared_ptr<T> ptr(Location where = Location::current()) const {
    check_not_empty("ptr()", where);
    get_<T>(where);
    return std::dynamic_pointer_cast<T>(ptr(where));
  }
  const std::type_info& type_info(Location where = Location::current()) const {
    check_not_empty("type_info()", where);
    return content_->type_info;
  }
  bool is_empty() const noexcept { return content_ == nullptr; }

 private:
  void check_not_empty(const char* called, Location where) const {
    WEFT_CHECK_AT(where, !is_empty(), "Cannot call ", called, " on an empty AnyModule");
  }
  static AnyValue boxed(AnyValue&& value) { return std::move(value); }
  static AnyValue boxed(AnyValue& value) { return value; }
  template <typename T> static AnyValue boxed(T&& value) {
    return AnyValue(std::forward<T>(value));
  }
  template <typename ModuleType, typename Class, typename ReturnType, typename... ArgumentTypes>
  static std::unique_ptr<AnyModulePlaceholder> make_holder(
      std::shared_ptr<ModuleType>&& module, ReturnType (Class::*)(ArgumentTypes...)) {
    static_assert(
        torch::detail::check_not_lvalue_references<ArgumentTypes...>(),
        "Modules stored inside AnyModule must not take references. Use pointers instead.");
    static_assert(
        !std::is_void<ReturnType>::value,
        "AnyModule cannot store modules that return void (you can return a dummy value).");
    return std::make_unique<AnyModuleHolder<std::decay_t<ModuleType>, ArgumentTypes...>>(
        std::move(module));
  }
  template <typename ModuleType> ModuleType& get_(Location where) const {
    using M = std::remove_reference_t<ModuleType>;
    static_assert(torch::detail::has_forward<M>::value,
                  "Can only call AnyModule::get<T> with a type T that has a forward method");
    check_not_empty("get()", where);
    WEFT_CHECK_AT(where, typeid(M) == type_info(where), "Attempted to cast module of type ",
                  demangle(type_info(where)), " to type ", demangle(typeid(M)));
    return *std::dynamic_pointer_cast<M>(content_->ptr());
  }

  std::unique_ptr<AnyModulePlaceholder> content_;
};

/// A name and a module: `Sequential({{"conv", Conv2d(1, 2, 3)}, {"relu", ReLU()}})`.
class NamedAnyModule {
 public:
  template <typename ModuleType>
  NamedAnyModule(std::string name, std::shared_ptr<ModuleType> module_ptr)
      : NamedAnyModule(std::move(name), AnyModule(std::move(module_ptr))) {}
  template <typename M, typename = torch::detail::enable_if_module_t<M>>
  NamedAnyModule(std::string name, M&& module)
      : NamedAnyModule(std::move(name),
                       std::make_shared<std::remove_reference_t<M>>(std::forward<M>(module))) {}
  template <typename M>
  NamedAnyModule(std::string name, const ModuleHolder<M>& module_holder)
      : NamedAnyModule(std::move(name), module_holder.ptr()) {}
  NamedAnyModule(std::string name, AnyModule any_module)
      : name_(std::move(name)), module_(std::move(any_module)) {}

  const std::string& name() const noexcept { return name_; }
  AnyModule& module() noexcept { return module_; }
  const AnyModule& module() const noexcept { return module_; }

 private:
  std::string name_;
  AnyModule module_;
};
}  // namespace nn
}  // namespace torch
