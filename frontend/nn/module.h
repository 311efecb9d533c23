/// nn::Module: a tree of named parameters, buffers and submodules. Invariant: a name is free of
/// dots and unique within its module, so "features.0.weight" names one tensor of the tree. Copies
/// of a Module share its tensors; clone() of a Cloneable does not.
#pragma once
#include <atomic>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "frontend/nn/ordered_dict.h"
#include "frontend/nn/pimpl.h"
#include "frontend/record/scope.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace serialize {
class InputArchive;
class OutputArchive;
}  // namespace serialize
namespace nn {

class AnyValue;

/// What a state and a module did not have in common.
struct IncompatibleKeys {
  std::vector<std::string> missing_keys, unexpected_keys;
};

class Module : public std::enable_shared_from_this<Module> {
 public:
  using ModuleApplyFunction = std::function<void(Module&)>;
  using ConstModuleApplyFunction = std::function<void(const Module&)>;
  using NamedModuleApplyFunction = std::function<void(const std::string&, Module&)>;
  using ConstNamedModuleApplyFunction = std::function<void(const std::string&, const Module&)>;
  using ModulePointerApplyFunction = std::function<void(const std::shared_ptr<Module>&)>;
  using NamedModulePointerApplyFunction =
      std::function<void(const std::string&, const std::shared_ptr<Module>&)>;

  Module();
  explicit Module(std::string name);
  virtual ~Module();
  // Moving is copying: a virtual base may be moved from more than once.
  Module(const Module&);
  Module& operator=(const Module&);

  /// The name given, or that of the dynamic type.
  const std::string& name() const noexcept;
  /// A deep copy, on `device` if given. Throws unless the type derives from Cloneable.
  virtual std::shared_ptr<Module> clone(const std::optional<Device>& device = std::nullopt) const;

  /// Calls `function` with this module and then with every module below it, parents first.
  void apply(const ModuleApplyFunction& function);
  void apply(const ConstModuleApplyFunction& function) const;
  void apply(const NamedModuleApplyFunction& function,
             const std::string& name_prefix = std::string());
  void apply(const ConstNamedModuleApplyFunction& function,
             const std::string& name_prefix = std::string()) const;
  void apply(const ModulePointerApplyFunction& function) const;
  void apply(const NamedModulePointerApplyFunction& function,
             const std::string& name_prefix = std::string()) const;

  /// The defined parameters of this module and, if `recurse`, of those below; likewise the rest.
  std::vector<Tensor> parameters(bool recurse = true) const;
  OrderedDict<std::string, Tensor> named_parameters(bool recurse = true) const;
  std::vector<Tensor> buffers(bool recurse = true) const;
  OrderedDict<std::string, Tensor> named_buffers(bool recurse = true) const;
  std::vector<std::shared_ptr<Module>> modules(bool include_self = true) const;
  OrderedDict<std::string, std::shared_ptr<Module>> named_modules(
      const std::string& name_prefix = std::string(), bool include_self = true) const;
  std::vector<std::shared_ptr<Module>> children() const;
  OrderedDict<std::string, std::shared_ptr<Module>> named_children() const;

  /// Training mode on or off, for this module and those below: Dropout and BatchNorm behave
  /// differently.
  virtual void train(bool on = true);
  void eval();
  virtual bool is_training() const noexcept;

  /// Moves or converts parameters and buffers (floating point ones and others alike), in place.
  virtual void to(Device device, Dtype dtype, bool non_blocking = record::FalseAt());
  virtual void to(Dtype dtype, bool non_blocking = record::FalseAt());
  virtual void to(Device device, bool non_blocking = record::FalseAt());
  /// To a GPU (-1: the current one), and to the host.
  void cuda(c10::DeviceIndex index = -1, Location where = Location::current());
  void cpu(Location where = Location::current());

  /// Forgets every parameter's gradient, or with set_to_none = false fills it with zeros.
  virtual void zero_grad(bool set_to_none = true);

  /// This module as another type, for example `module->as<nn::Linear>()`; null if it is none.
  template <typename ModuleType> typename ModuleType::ContainedType* as() noexcept {
    return as<typename ModuleType::ContainedType>();
  }
  template <typename ModuleType> const typename ModuleType::ContainedType* as() const noexcept {
    return as<typename ModuleType::ContainedType>();
  }
  template <typename ModuleType, typename = torch::detail::disable_if_module_holder_t<ModuleType>>
  ModuleType* as() noexcept {
    return dynamic_cast<ModuleType*>(this);
  }
  template <typename ModuleType, typename = torch::detail::disable_if_module_holder_t<ModuleType>>
  const ModuleType* as() const noexcept {
    return dynamic_cast<const ModuleType*>(this);
  }

  /// All parameters and buffers by their full names, as they are: the tensors share memory with the
  /// module's, without their histories.
  OrderedDict<std::string, Tensor> state_dict() const;
  /// Copies a state into the parameters and buffers, in place. Throws, changing nothing, where a
  /// shape differs or, if `strict`, a name is missing or unknown.
  IncompatibleKeys load_state_dict(const OrderedDict<std::string, Tensor>& state_dict,
                                   bool strict = true, Location where = Location::current());

  /// Writes a one-line description without the submodules; `stream << module` writes the tree.
  virtual void pretty_print(std::ostream& stream) const;
  /// Whether saving a parent saves this module too.
  virtual bool is_serializable() const;
  /// Parameters, buffers and submodules into an archive, and back (frontend/serialize/serialize.h).
  virtual void save(serialize::OutputArchive& archive) const;
  virtual void load(serialize::InputArchive& archive);

  /// Adds a trainable tensor under `name`; an undefined one holds the place of an absent parameter.
  Tensor& register_parameter(std::string name, Tensor tensor, bool requires_grad = true,
                             Location where = Location::current());
  /// Adds a tensor that belongs to the module's state but is not trained.
  Tensor& register_buffer(std::string name, Tensor tensor, Location where = Location::current());
  template <typename ModuleType>
  std::shared_ptr<ModuleType> register_module(std::string name, std::shared_ptr<ModuleType> module,
                                              Location where = Location::current()) {
    adopt(std::move(name), module, where);
    return module;
  }
  template <typename ModuleType>
  std::shared_ptr<ModuleType> register_module(std::string name,
                                              ModuleHolder<ModuleType> module_holder,
                                              Location where = Location::current()) {
    return register_module(std::move(name), module_holder.ptr(where), where);
  }
  template <typename ModuleType>
  std::shared_ptr<ModuleType> replace_module(const std::string& name,
                                             std::shared_ptr<ModuleType> module,
                                             Location where = Location::current()) {
    exchange(name, module, where);
    return module;
  }
  template <typename ModuleType>
  std::shared_ptr<ModuleType> replace_module(const std::string& name,
                                             ModuleHolder<ModuleType> module_holder,
                                             Location where = Location::current()) {
    return replace_module(name, module_holder.ptr(where), where);
  }
  void unregister_module(const std::string& name, Location where = Location::current());

  /// What ops recorded by this module's forward are attributed to: "features.0 (Conv2d)". Valid for
  /// the process's life.
  const std::string* scope() const;

 protected:
  // For modules whose forward has default arguments: see FORWARD_HAS_DEFAULT_ARGS.
  virtual bool _forward_has_default_args();
  virtual unsigned int _forward_num_required_args();
  virtual std::vector<AnyValue> _forward_populate_default_args(std::vector<AnyValue>&& arguments);

  OrderedDict<std::string, Tensor> parameters_;

 private:
  template <typename Derived> friend class Cloneable;
  template <typename ModuleType, typename... ArgumentTypes> friend struct AnyModuleHolder;
  friend std::ostream& operator<<(std::ostream& stream, const Module& module);

  virtual void clone_(Module& other, const std::optional<Device>& device);
  // The parts of Cloneable's clone that do not know the type.
  void clear_members();
  void copy_members(const Module& from, const std::optional<Device>& device);
  void adopt(std::string name, std::shared_ptr<Module> module, Location where);
  void exchange(const std::string& name, std::shared_ptr<Module> module, Location where);
  void set_path(std::string path);
  std::string type_name() const;
  void move_tensors(const std::function<Tensor(const Tensor&)>& move);
  void pretty_print_recursive(std::ostream& stream, const std::string& indentation) const;
  void apply_to_submodules(const NamedModulePointerApplyFunction& function,
                           const std::string& name_prefix = std::string()) const;
  std::shared_ptr<Module> shared_from_this_checked() const;

  OrderedDict<std::string, Tensor> buffers_;
  OrderedDict<std::string, std::shared_ptr<Module>> children_;
  mutable std::optional<std::string> name_;
  // scope(), once made; forwards of several threads may race to make it, and find the same.
  struct ScopeCache {
    std::atomic<const std::string*> value{nullptr};
    ScopeCache() = default;
    ScopeCache(const ScopeCache&) {}
    ScopeCache& operator=(const ScopeCache&) {
      value = nullptr;
      return *this;
    }
  };
  mutable ScopeCache scope_;
  std::string path_;  // from the root that it was last registered under; empty for a root
  bool is_training_ = true;
};

std::ostream& operator<<(std::ostream& stream, const Module& module);

/// What a forward opens: ops recorded while it lives belong to the caller's line and to the module.
class Forward {
 public:
  Forward(const Module& module, Location where) : call_(where), scope_(module.scope()) {}

 private:
  record::Call call_;
  record::Scope scope_;
};
}  // namespace nn
}  // namespace torch
