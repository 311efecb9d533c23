/// ModuleDict: modules by name, in the order of insertion; without a forward.
#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "frontend/nn/cloneable.h"
#include "frontend/nn/demangle.h"

namespace torch {
namespace nn {

class ModuleDictImpl : public Cloneable<ModuleDictImpl> {
 public:
  using Modules = OrderedDict<std::string, std::shared_ptr<Module>>;
  using Iterator = Modules::Iterator;
  using ConstIterator = Modules::ConstIterator;

  ModuleDictImpl() = default;
  explicit ModuleDictImpl(
      const std::vector<std::pair<std::string, std::shared_ptr<Module>>>& modules) {
    update(modules);
  }
  explicit ModuleDictImpl(const Modules& modules) { update(modules); }

  std::shared_ptr<Module> clone(const std::optional<Device>& device = std::nullopt) const override;
  /// Does nothing: the modules are made by the user.
  void reset() override {}
  void pretty_print(std::ostream& stream) const override;

  std::vector<std::pair<std::string, std::shared_ptr<Module>>> items() const {
    return modules_.pairs();
  }
  std::vector<std::string> keys() const { return modules_.keys(); }
  std::vector<std::shared_ptr<Module>> values() const { return modules_.values(); }
  Iterator begin() { return modules_.begin(); }
  ConstIterator begin() const { return modules_.begin(); }
  Iterator end() { return modules_.end(); }
  ConstIterator end() const { return modules_.end(); }
  size_t size() const noexcept { return modules_.size(); }
  bool empty() const noexcept { return modules_.is_empty(); }
  bool contains(const std::string& key) const noexcept { return modules_.contains(key); }
  void clear();

  std::shared_ptr<Module> operator[](const std::string& key) const { return modules_[key]; }
  /// The module of that name, which must be a T.
  template <typename T> T& at(const std::string& key, Location where = Location::current()) {
    return const_cast<T&>(static_cast<const ModuleDictImpl&>(*this).at<T>(key, where));
  }
  template <typename T>
  const T& at(const std::string& key, Location where = Location::current()) const {
    static_assert(torch::detail::is_module<T>::value,
                  "Can only call ModuleList::at with an nn::Module type");
    record::Call call(where);
    const auto module = modules_[key]->template as<T>();
    WEFT_CHECK_AT(where, module, "Unable to cast module[", key, "] to ", demangle(typeid(T)));
    return *module;
  }
  /// Takes a module out.
  std::shared_ptr<Module> pop(const std::string& key, Location where = Location::current());
  /// Adds modules; of equal names the new one stays, in the old one's place.
  void update(const std::vector<std::pair<std::string, std::shared_ptr<Module>>>& modules);
  template <typename Container> void update(const Container& container) {
    for (auto& item : container) insert(item.key(), item.value());
  }

 private:
  void insert(const std::string& key, std::shared_ptr<Module> module);

  Modules modules_;
};
WEFT_MODULE(ModuleDict);
}  // namespace nn
}  // namespace torch
