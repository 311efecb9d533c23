// Walks over the tree of modules: apply, and the lists that are made by it.
#include "frontend/nn/module.h"

namespace torch {
namespace nn {
namespace {
std::string join_name(const std::string& prefix, const std::string& name) {
  return prefix.empty() ? name : prefix + "." + name;
}
void append_defined(const OrderedDict<std::string, Tensor>& tensors, const std::string& prefix,
                    OrderedDict<std::string, Tensor>& result) {
  for (const auto& item : tensors)
    if (item.value().defined()) result.insert(join_name(prefix, item.key()), item.value());
}
}  // namespace

void Module::apply_to_submodules(const NamedModulePointerApplyFunction& function,
                                 const std::string& name_prefix) const {
  for (const auto& child : children_) {
    const std::string name = join_name(name_prefix, child.key());
    function(name, child.value());
    child.value()->apply_to_submodules(function, name);
  }
}

std::shared_ptr<Module> Module::shared_from_this_checked() const {
  std::shared_ptr<const Module> self = weak_from_this().lock();
  TORCH_CHECK(
      self,
      "It looks like you attempted to retrieve your top-level module as a shared_ptr, but it is "
      "not "
      "stored in a shared_ptr. Use std::make_shared<",
      name(),
      "> instead of creating your module on the "
      "stack, or alternatively do not try to access your top-level module at all by passing "
      "/*include_self=*/false to modules() or named_modules()");
  return std::const_pointer_cast<Module>(self);
}

void Module::apply(const ModuleApplyFunction& function) {
  function(*this);
  apply_to_submodules(
      [&](const std::string&, const std::shared_ptr<Module>& module) { function(*module); });
}
void Module::apply(const ConstModuleApplyFunction& function) const {
  function(*this);
  apply_to_submodules(
      [&](const std::string&, const std::shared_ptr<Module>& module) { function(*module); });
}
void Module::apply(const NamedModuleApplyFunction& function, const std::string& prefix) {
  function(prefix, *this);
  apply_to_submodules([&](const std::string& name,
                          const std::shared_ptr<Module>& module) { function(name, *module); },
                      prefix);
}
void Module::apply(const ConstNamedModuleApplyFunction& function, const std::string& prefix) const {
  function(prefix, *this);
  apply_to_submodules([&](const std::string& name,
                          const std::shared_ptr<Module>& module) { function(name, *module); },
                      prefix);
}
void Module::apply(const ModulePointerApplyFunction& function) const {
  function(shared_from_this_checked());
  apply_to_submodules(
      [&](const std::string&, const std::shared_ptr<Module>& module) { function(module); });
}
void Module::apply(const NamedModulePointerApplyFunction& function,
                   const std::string& prefix) const {
  function(prefix, shared_from_this_checked());
  apply_to_submodules(function, prefix);
}

std::vector<Tensor> Module::parameters(bool recurse) const {
  return named_parameters(recurse).values();
}
std::vector<Tensor> Module::buffers(bool recurse) const { return named_buffers(recurse).values(); }

OrderedDict<std::string, Tensor> Module::named_parameters(bool recurse) const {
  OrderedDict<std::string, Tensor> result;
  append_defined(parameters_, "", result);
  if (recurse)
    apply_to_submodules([&](const std::string& name, const std::shared_ptr<Module>& module) {
      append_defined(module->parameters_, name, result);
    });
  return result;
}
OrderedDict<std::string, Tensor> Module::named_buffers(bool recurse) const {
  OrderedDict<std::string, Tensor> result;
  append_defined(buffers_, "", result);
  if (recurse)
    apply_to_submodules([&](const std::string& name, const std::shared_ptr<Module>& module) {
      append_defined(module->buffers_, name, result);
    });
  return result;
}

std::vector<std::shared_ptr<Module>> Module::modules(bool include_self) const {
  return named_modules("", include_self).values();
}
OrderedDict<std::string, std::shared_ptr<Module>> Module::named_modules(
    const std::string& name_prefix, bool include_self) const {
  OrderedDict<std::string, std::shared_ptr<Module>> result;
  if (include_self) result.insert(name_prefix, shared_from_this_checked());
  apply_to_submodules([&](const std::string& name,
                          const std::shared_ptr<Module>& module) { result.insert(name, module); },
                      name_prefix);
  return result;
}
std::vector<std::shared_ptr<Module>> Module::children() const { return children_.values(); }
OrderedDict<std::string, std::shared_ptr<Module>> Module::named_children() const {
  return children_;
}
}  // namespace nn
}  // namespace torch
