#include "frontend/nn/module.h"

#include <ostream>

#include "frontend/autograd/grad_mode.h"
#include "frontend/nn/any_value.h"
#include "frontend/nn/demangle.h"
#include "frontend/record/eval.h"

namespace torch {
namespace nn {
namespace {
std::string join_name(const std::string& prefix, const std::string& name) {
  return prefix.empty() ? name : prefix + "." + name;
}
void check_name(const char* what, const std::string& name) {
  TORCH_CHECK(!name.empty(), what, " name must not be empty");
  TORCH_CHECK(name.find('.') == std::string::npos, what, " name must not contain a dot (got '",
              name, "')");
}
}  // namespace

Module::Module() : parameters_("Parameter"), buffers_("Buffer"), children_("Submodule") {}
Module::Module(std::string name) : Module() { name_ = std::move(name); }
Module::~Module() = default;
Module::Module(const Module&) = default;
Module& Module::operator=(const Module&) = default;

const std::string& Module::name() const noexcept {
  // in a constructor the dynamic type is not yet known
  if (!name_) name_ = demangle(typeid(*this));
  return *name_;
}

// "torch::nn::Conv2dImpl" is "Conv2d" to the reader of a dump.
std::string Module::type_name() const {
  std::string name = this->name();
  const size_t templates = name.find('<');
  if (templates != std::string::npos) name.resize(templates);
  const size_t colon = name.rfind(':');
  if (colon != std::string::npos) name.erase(0, colon + 1);
  const size_t tail = name.size() < 4 ? 0 : name.size() - 4;
  if (tail && name.compare(tail, 4, "Impl") == 0) name.resize(tail);
  return name;
}

std::shared_ptr<Module> Module::clone(const std::optional<Device>&) const {
  TORCH_CHECK(false, "clone() has not been implemented for ", name(),
              ". Subclass torch::nn::Cloneable<", name(),
              "> instead of torch::nn::Module to inherit the ability to clone.");
  return nullptr;
}
void Module::clone_(Module&, const std::optional<Device>&) {}
void Module::clear_members() {
  parameters_.clear();
  buffers_.clear();
  children_.clear();
}
void Module::copy_members(const Module& from, const std::optional<Device>& device) {
  const auto copy = [&](auto& to, const auto& of, const char* what, const char* registers) {
    WEFT_CHECK_AT(Location::none(), to.size() == of.size(),
                  "The cloned module does not have the same number of ", what,
                  " as the original module after calling reset(). Are you sure you called ",
                  registers, "() inside reset() and not the constructor?");
    for (const auto& item : of)
      if constexpr (std::is_same_v<decltype(item.value()), const Tensor&>) {
        const Tensor& tensor = item.value();
        if (tensor.defined())
          to[item.key()].set_data(device && tensor.device() != *device ? tensor.to(*device)
                                                                       : tensor.clone());
      } else {
        to[item.key()]->clone_(*item.value(), device);
      }
  };
  copy(parameters_, from.parameters_, "parameters", "register_parameter");
  copy(buffers_, from.buffers_, "buffers", "register_buffer");
  copy(children_, from.children_, "child modules", "register_module");
}

void Module::train(bool on) {
  for (auto& child : children_) child.value()->train(on);
  is_training_ = on;
}
void Module::eval() { train(false); }
bool Module::is_training() const noexcept { return is_training_; }

void Module::to(Device device, Dtype dtype, bool non_blocking) {
  for (auto& child : children_) child.value()->to(device, dtype, non_blocking);
  move_tensors([&](const Tensor& tensor) { return tensor.to(device, dtype, non_blocking); });
}
void Module::to(Dtype dtype, bool non_blocking) {
  for (auto& child : children_) child.value()->to(dtype, non_blocking);
  move_tensors([&](const Tensor& tensor) { return tensor.to(dtype, non_blocking); });
}
void Module::to(Device device, bool non_blocking) {
  for (auto& child : children_) child.value()->to(device, non_blocking);
  move_tensors(
      [&](const Tensor& tensor) { return tensor.to(device, tensor.scalar_type(), non_blocking); });
}
void Module::cuda(c10::DeviceIndex index, Location where) {
  const record::Call call(where);
  to(Device(kCUDA, index));
}
void Module::cpu(Location where) {
  const record::Call call(where);
  to(Device(kCPU));
}
void Module::move_tensors(const std::function<Tensor(const Tensor&)>& move) {
  NoGradGuard no_grad;
  for (auto* tensors : {&parameters_, &buffers_})
    for (auto& item : *tensors)
      if (item.value().defined()) item.value().set_data(move(item.value()));
}

void Module::zero_grad(bool set_to_none) {
  for (auto& child : children_) child.value()->zero_grad(set_to_none);
  for (auto& parameter : parameters_) {
    if (!parameter->defined()) continue;
    Tensor& grad = parameter->mutable_grad();
    if (!grad.defined()) continue;
    if (set_to_none) {
      grad.reset();
    } else {
      grad = grad.detach();
      grad.zero_();
    }
  }
}

void Module::pretty_print(std::ostream& stream) const { stream << name(); }
bool Module::is_serializable() const { return true; }

void Module::pretty_print_recursive(std::ostream& stream, const std::string& indentation) const {
  pretty_print(stream);
  if (children_.is_empty()) return;
  stream << "(\n";
  const std::string next = indentation + "  ";
  for (const auto& child : children_) {
    stream << next << "(" << child.key() << "): ";
    child.value()->pretty_print_recursive(stream, next);
    stream << '\n';
  }
  stream << indentation << ")";
}
std::ostream& operator<<(std::ostream& stream, const Module& module) {
  module.pretty_print_recursive(stream, "");
  return stream;
}

Tensor& Module::register_parameter(std::string name, Tensor tensor, bool requires_grad,
                                   Location where) {
  record::Call call(where);
  check_name("Parameter", name);
  tensor = record::where_asked(tensor);
  if (tensor.defined()) tensor.set_requires_grad(requires_grad);
  else if (requires_grad)
    TORCH_WARN("An undefined tensor cannot require grad. ",
               "Ignoring the `requires_grad=true` function parameter.");
  return parameters_.insert(std::move(name), std::move(tensor));
}
Tensor& Module::register_buffer(std::string name, Tensor tensor, Location where) {
  record::Call call(where);
  check_name("Buffer", name);
  return buffers_.insert(std::move(name), record::where_asked(tensor));
}
void Module::adopt(std::string name, std::shared_ptr<Module> module, Location where) {
  record::Call call(where);
  check_name("Submodule", name);
  Module* child = module.get();
  std::string path = join_name(path_, name);
  children_.insert(std::move(name), std::move(module));
  if (child) child->set_path(std::move(path));
}
void Module::exchange(const std::string& name, std::shared_ptr<Module> module, Location where) {
  record::Call call(where);
  if (module) module->set_path(join_name(path_, name));
  children_[name] = std::move(module);
}
void Module::unregister_module(const std::string& name, Location where) {
  record::Call call(where);
  TORCH_CHECK(children_.contains(name), "No Module with name `", name, "` is registered");
  children_.erase(name);
}

void Module::set_path(std::string path) {
  path_ = std::move(path);
  scope_.value = nullptr;
  for (auto& child : children_)
    if (child.value()) child.value()->set_path(join_name(path_, child.key()));
}
const std::string* Module::scope() const {
  const std::string* scope = scope_.value.load(std::memory_order_relaxed);
  if (scope) return scope;
  const std::string type = type_name();
  scope = record::intern(path_.empty() ? type : path_ + " (" + type + ")");
  scope_.value.store(scope, std::memory_order_relaxed);
  return scope;
}

// The protocol of modules whose forward has default arguments; FORWARD_HAS_DEFAULT_ARGS overrides
// all three.
bool Module::_forward_has_default_args() { return false; }
unsigned int Module::_forward_num_required_args() {
  TORCH_CHECK(false, "torch::nn::Module subclass that has default arguments in `forward` method ",
              "must override `_forward_num_required_args` method. Please use ",
              "`FORWARD_HAS_DEFAULT_ARGS` macro to do so.");
  return 0;
}
std::vector<AnyValue> Module::_forward_populate_default_args(std::vector<AnyValue>&&) {
  TORCH_CHECK(false, "torch::nn::Module subclass that has default arguments in `forward` method ",
              "must override `_forward_populate_default_args` method. Please use ",
              "`FORWARD_HAS_DEFAULT_ARGS` macro to do so.");
  return {};
}
}  // namespace nn
}  // namespace torch
