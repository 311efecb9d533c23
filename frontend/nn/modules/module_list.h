/// ModuleList: modules in a list, registered under their positions; without a forward.
#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "frontend/nn/cloneable.h"
#include "frontend/nn/demangle.h"

namespace torch {
namespace nn {

class ModuleListImpl : public Cloneable<ModuleListImpl> {
 public:
  using Iterator = std::vector<std::shared_ptr<Module>>::iterator;
  using ConstIterator = std::vector<std::shared_ptr<Module>>::const_iterator;

  ModuleListImpl() = default;
  template <typename... Modules> explicit ModuleListImpl(Modules&&... modules) {
    modules_.reserve(sizeof...(Modules));
    (push_back(std::forward<Modules>(modules)), ...);
  }

  std::shared_ptr<Module> clone(const std::optional<Device>& device = std::nullopt) const override;
  /// Does nothing: the modules are made by the user.
  void reset() override {}
  void pretty_print(std::ostream& stream) const override;

  void push_back(std::shared_ptr<Module> module);
  template <typename M, typename = torch::detail::enable_if_module_t<M>>
  void push_back(M&& module) {
    push_back(std::make_shared<std::remove_reference_t<M>>(std::forward<M>(module)));
  }
  template <typename M> void push_back(const ModuleHolder<M>& module_holder) {
    push_back(std::shared_ptr<Module>(module_holder.ptr()));
  }
  /// Appends all of `container`.
  template <typename Container> void extend(const Container& container) {
    for (const auto& module : container) push_back(module);
  }
  /// Puts a module before the one at `index`; those behind move up.
  void insert(size_t index, std::shared_ptr<Module> module);
  template <typename M> void insert(size_t index, const ModuleHolder<M>& module_holder) {
    insert(index, std::shared_ptr<Module>(module_holder.ptr()));
  }
  template <typename M, typename = torch::detail::enable_if_module_t<M>>
  void insert(size_t index, M&& module) {
    insert(index, std::shared_ptr<Module>(
                      std::make_shared<std::remove_reference_t<M>>(std::forward<M>(module))));
  }

  Iterator begin() { return modules_.begin(); }
  ConstIterator begin() const { return modules_.begin(); }
  Iterator end() { return modules_.end(); }
  ConstIterator end() const { return modules_.end(); }

  /// The module at `index`, which must be a T.
  template <typename T> T& at(size_t index, Location where = Location::current()) {
    static_assert(torch::detail::is_module<T>::value,
                  "Can only call ModuleList::at with an nn::Module type");
    auto module = ptr(index, where)->template as<T>();
    WEFT_CHECK_AT(where, module, "Unable to cast module[", index, "] to ", demangle(typeid(T)));
    return *module;
  }
  template <typename T> const T& at(size_t index, Location where = Location::current()) const {
    static_assert(torch::detail::is_module<T>::value,
                  "Can only call ModuleList::at with an nn::Module type");
    auto module = ptr(index, where)->template as<T>();
    WEFT_CHECK_AT(where, module, "Unable to cast module[", index, "] to ", demangle(typeid(T)));
    return *module;
  }
  std::shared_ptr<Module> ptr(size_t index, Location where = Location::current()) const;
  template <typename T>
  std::shared_ptr<T> ptr(size_t index, Location where = Location::current()) const {
    static_assert(torch::detail::is_module<T>::value,
                  "Can only call ModuleList::ptr with an nn::Module type");
    return std::dynamic_pointer_cast<T>(ptr(index, where));
  }
  std::shared_ptr<Module> operator[](IndexIn index) const {
    return ptr(static_cast<size_t>(index.value), index.where);
  }
  size_t size() const noexcept { return modules_.size(); }
  bool is_empty() const noexcept { return size() == 0; }

 private:
  std::vector<std::shared_ptr<Module>> modules_;
};
WEFT_MODULE(ModuleList);
}  // namespace nn
}  // namespace torch
