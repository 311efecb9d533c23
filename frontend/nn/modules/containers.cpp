#include <ostream>

#include "frontend/nn/modules/functional.h"
#include "frontend/nn/modules/module_dict.h"
#include "frontend/nn/modules/module_list.h"
#include "frontend/nn/modules/parameter_dict.h"
#include "frontend/nn/modules/parameter_list.h"
#include "frontend/nn/modules/sequential.h"

namespace torch {
namespace nn {

void SequentialImpl::pretty_print(std::ostream& stream) const { stream << "torch::nn::Sequential"; }

std::shared_ptr<Module> ModuleListImpl::clone(const std::optional<Device>& device) const {
  auto clone = std::make_shared<ModuleListImpl>();
  for (const auto& module : modules_) clone->push_back(module->clone(device));
  return clone;
}
void ModuleListImpl::pretty_print(std::ostream& stream) const { stream << "torch::nn::ModuleList"; }

void ModuleListImpl::push_back(std::shared_ptr<Module> module) {
  modules_.push_back(std::move(module));
  register_module(std::to_string(size() - 1), modules_.back());
}
void ModuleListImpl::insert(size_t index, std::shared_ptr<Module> module) {
  TORCH_CHECK(index <= size(), "Index out of range: ", index, " of ", size());
  if (index == size()) return push_back(std::move(module));
  modules_.insert(modules_.begin() + static_cast<std::ptrdiff_t>(index), std::move(module));
  for (size_t i = index; i + 1 < size(); ++i) replace_module(std::to_string(i), modules_[i]);
  register_module(std::to_string(size() - 1), modules_.back());
}
std::shared_ptr<Module> ModuleListImpl::ptr(size_t index, Location where) const {
  WEFT_CHECK_AT(where, index < size(), "Index out of range: ", index, " of ", size());
  return modules_[index];
}

std::shared_ptr<Module> ModuleDictImpl::clone(const std::optional<Device>& device) const {
  auto clone = std::make_shared<ModuleDictImpl>();
  for (const auto& module : modules_) clone->insert(module.key(), module.value()->clone(device));
  return clone;
}
void ModuleDictImpl::pretty_print(std::ostream& stream) const { stream << "torch::nn::ModuleDict"; }
void ModuleDictImpl::update(
    const std::vector<std::pair<std::string, std::shared_ptr<Module>>>& modules) {
  for (const auto& [key, module] : modules) insert(key, module);
}
void ModuleDictImpl::insert(const std::string& key, std::shared_ptr<Module> module) {
  if (contains(key)) {
    modules_[key] = module;
    replace_module(key, std::move(module));
  } else {
    modules_.insert(key, module);
    register_module(key, std::move(module));
  }
}
std::shared_ptr<Module> ModuleDictImpl::pop(const std::string& key, Location where) {
  record::Call call(where);
  std::shared_ptr<Module> module = modules_[key];
  modules_.erase(key);
  unregister_module(key);
  return module;
}
void ModuleDictImpl::clear() {
  for (const std::string& key : keys()) unregister_module(key);
  modules_.clear();
}

namespace {
void print_parameters(std::ostream& stream, const OrderedDict<std::string, Tensor>& parameters) {
  for (const auto& item : parameters)
    stream << "(" << item.key() << "): Parameter containing: [" << item.value().scalar_type()
           << " of size " << item.value().sizes() << "]\n";
}
}  // namespace
void ParameterListImpl::pretty_print(std::ostream& stream) const {
  stream << "torch::nn::ParameterList(\n";
  print_parameters(stream, parameters_);
  stream << ")";
}
void ParameterListImpl::append(const Tensor& param) {
  register_parameter(std::to_string(size()), param, param.requires_grad());
}
void ParameterDictImpl::pretty_print(std::ostream& stream) const {
  stream << "torch::nn::ParameterDict(\n";
  print_parameters(stream, parameters_);
  stream << ")";
}
Tensor ParameterDictImpl::pop(const std::string& key, Location where) {
  record::Call call(where);
  Tensor parameter = parameters_[key];
  parameters_.erase(key);
  return parameter;
}

FunctionalImpl::FunctionalImpl(Function function) : function_(std::move(function)) {}
void FunctionalImpl::pretty_print(std::ostream& stream) const {
  stream << "torch::nn::Functional()";
}
Tensor FunctionalImpl::forward(Tensor input) { return function_(std::move(input)); }
}  // namespace nn
}  // namespace torch
