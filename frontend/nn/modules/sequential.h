/// Sequential: modules one after the other; the first takes forward's arguments, the last gives its
/// result.
#pragma once
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "frontend/nn/any_module.h"
#include "frontend/nn/cloneable.h"

namespace torch {
namespace nn {

class SequentialImpl : public Cloneable<SequentialImpl> {
 public:
  using Iterator = std::vector<AnyModule>::iterator;
  using ConstIterator = std::vector<AnyModule>::const_iterator;
  using ForwardTakesLocation = void;

  SequentialImpl() = default;
  template <typename... Modules> explicit SequentialImpl(Modules&&... modules) {
    modules_.reserve(sizeof...(Modules));
    push_back(std::forward<Modules>(modules)...);
  }
  explicit SequentialImpl(torch::OrderedDict<std::string, AnyModule>&& ordered_dict) {
    modules_.reserve(ordered_dict.size());
    for (auto& item : ordered_dict) push_back(item.key(), std::move(item.value()));
  }
  explicit SequentialImpl(std::initializer_list<NamedAnyModule> named_modules) {
    modules_.reserve(named_modules.size());
    for (const auto& named : named_modules) push_back(named.name(), named.module());
  }

  std::shared_ptr<Module> clone(const std::optional<Device>& device = std::nullopt) const override {
    auto clone = std::make_shared<SequentialImpl>();
    for (const auto& module : modules_) clone->push_back(module.clone(device));
    return clone;
  }
  /// Does nothing: the modules are made by the user.
  void reset() override {}
  void pretty_print(std::ostream& stream) const override;

  /// Feeds the arguments to the first module, its result to the second, and so on. The last one
  /// must return a ReturnType.
  template <typename ReturnType = Tensor, typename Input>
  ReturnType forward(Input&& input, Location where = Location::current()) {
    record::Call call(where);
    return run<ReturnType>(std::forward<Input>(input));
  }
  template <typename ReturnType = Tensor, typename First, typename Second, typename... Rest,
            typename = torch::detail::disable_if_location_t<Second>>
  ReturnType forward(First&& first, Second&& second, Rest&&... rest) {
    return run<ReturnType>(std::forward<First>(first), std::forward<Second>(second),
                           std::forward<Rest>(rest)...);
  }
  template <typename ReturnType = Tensor> ReturnType forward() { return run<ReturnType>(); }

  /// Appends a module under its position's name, or under `name`.
  template <typename ModuleType> void push_back(std::shared_ptr<ModuleType> module_ptr) {
    push_back(std::to_string(modules_.size()), std::move(module_ptr));
  }
  template <typename ModuleType>
  void push_back(std::string name, std::shared_ptr<ModuleType> module_ptr) {
    push_back(std::move(name), AnyModule(std::move(module_ptr)));
  }
  template <typename M, typename = torch::detail::enable_if_module_t<M>>
  void push_back(M&& module) {
    push_back(std::to_string(modules_.size()), std::forward<M>(module));
  }
  template <typename M, typename = torch::detail::enable_if_module_t<M>>
  void push_back(std::string name, M&& module) {
    push_back(std::move(name),
              std::make_shared<std::remove_reference_t<M>>(std::forward<M>(module)));
  }
  template <typename M> void push_back(const ModuleHolder<M>& module_holder) {
    push_back(std::to_string(modules_.size()), module_holder);
  }
  template <typename M> void push_back(std::string name, const ModuleHolder<M>& module_holder) {
    push_back(std::move(name), module_holder.ptr());
  }
  void push_back(AnyModule any_module) {
    push_back(std::to_string(modules_.size()), std::move(any_module));
  }
  void push_back(std::string name, AnyModule any_module) {
    modules_.push_back(std::move(any_module));
    register_module(std::move(name), modules_.back().ptr());
  }
  /// Appends all of `container`.
  template <typename Container> void extend(const Container& container) {
    for (const auto& module : container) push_back(module);
  }

  Iterator begin() { return modules_.begin(); }
  ConstIterator begin() const { return modules_.begin(); }
  Iterator end() { return modules_.end(); }
  ConstIterator end() const { return modules_.end(); }

  /// The module at `index`, which must be a T.
  template <typename T> T& at(size_t index, Location where = Location::current()) {
    static_assert(torch::detail::is_module<T>::value,
                  "Can only call Sequential::at with an nn::Module type");
    return checked(index, where).get<T>(where);
  }
  template <typename T> const T& at(size_t index, Location where = Location::current()) const {
    static_assert(torch::detail::is_module<T>::value,
                  "Can only call Sequential::at with an nn::Module type");
    return checked(index, where).get<T>(where);
  }
  std::shared_ptr<Module> ptr(size_t index, Location where = Location::current()) const {
    return checked(index, where).ptr(where);
  }
  template <typename T>
  std::shared_ptr<T> ptr(size_t index, Location where = Location::current()) const {
    static_assert(torch::detail::is_module<T>::value,
                  "Can only call Sequential::ptr with an nn::Module type");
    return checked(index, where).ptr<T>(where);
  }
  std::shared_ptr<Module> operator[](IndexIn index) const {
    return ptr(static_cast<size_t>(index.value), index.where);
  }
  size_t size() const noexcept { return modules_.size(); }
  bool is_empty() const noexcept { return size() == 0; }

 private:
  template <typename ReturnType, typename... InputTypes> ReturnType run(InputTypes&&... inputs) {
    WEFT_CHECK_AT(Location::none(), !is_empty(), "Cannot call forward() on an empty Sequential");
    auto iterator = modules_.begin();
    AnyValue value = iterator->any_forward(std::forward<InputTypes>(inputs)...);
    for (++iterator; iterator != modules_.end(); ++iterator)
      value = iterator->any_forward(std::move(value));
    auto* result = value.template try_get<ReturnType>();
    WEFT_CHECK_AT(Location::none(), result, "The type of the return value is ",
                  demangle(value.type_info()), ", but you asked for type ",
                  demangle(typeid(ReturnType)));
    return std::move(*result);
  }
  AnyModule& checked(size_t index, Location where) const {
    WEFT_CHECK_AT(where, index < size(), "Index out of range: ", index, " of ", size());
    return const_cast<AnyModule&>(modules_[index]);
  }
  // More than one module; a name first means a pair (above).
  template <typename First, typename Second, typename... Rest,
            typename = std::enable_if_t<!std::is_convertible<First, std::string>::value>>
  void push_back(First&& first, Second&& second, Rest&&... rest) {
    push_back(std::forward<First>(first));
    push_back(std::forward<Second>(second), std::forward<Rest>(rest)...);
  }
  void push_back() {}

  std::vector<AnyModule> modules_;
};

class Sequential : public ModuleHolder<SequentialImpl> {
 public:
  using ModuleHolder<SequentialImpl>::ModuleHolder;
  using Impl = SequentialImpl;
  Sequential() : ModuleHolder() {}
  Sequential(std::initializer_list<NamedAnyModule> named_modules)
      : ModuleHolder(std::make_shared<SequentialImpl>(named_modules)) {}
};
WEFT_COMPILED_ONCE class Cloneable<SequentialImpl>;
}  // namespace nn
}  // namespace torch
