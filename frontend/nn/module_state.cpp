// A module's state as names and tensors, out of it and into it.
#include "frontend/autograd/grad_mode.h"
#include "frontend/nn/module.h"

namespace torch {
namespace nn {
namespace {
// "a", "b"
std::string quoted(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "\"" : ", \"") + name + "\"";
  return text;
}
std::string size_text(const Tensor& tensor) { return c10::str("torch.Size(", tensor.sizes(), ")"); }
}  // namespace

OrderedDict<std::string, Tensor> Module::state_dict() const {
  OrderedDict<std::string, Tensor> state;
  // Module by module, a module's parameters before its buffers.
  const auto append = [&](const std::string& name, const Module& module) {
    const std::string prefix = name.empty() ? name : name + ".";
    for (const auto& tensors :
         {module.named_parameters(/*recurse=*/false), module.named_buffers(/*recurse=*/false)})
      for (const auto& item : tensors) state.insert(prefix + item.key(), item.value().detach());
  };
  append("", *this);
  apply_to_submodules([&](const std::string& name, const std::shared_ptr<Module>& module) {
    append(name, *module);
  });
  return state;
}

IncompatibleKeys Module::load_state_dict(const OrderedDict<std::string, Tensor>& state_dict,
                                         bool strict, Location where) {
  record::Call call(where);
  const OrderedDict<std::string, Tensor> own = this->state_dict();
  IncompatibleKeys keys;
  std::vector<std::string> mistakes;
  for (const auto& item : own) {
    const Tensor* given = state_dict.find(item.key());
    if (!given)
      keys.missing_keys.push_back(item.key());
    else if (!given->defined() || given->sizes() != item->sizes())
      mistakes.push_back("size mismatch for " + item.key() + ": copying a param with shape " +
                         (given->defined() ? size_text(*given) : "None") +
                         " from checkpoint, the shape in current model is " + size_text(*item) +
                         ".");
  }
  for (const auto& item : state_dict)
    if (!own.contains(item.key())) keys.unexpected_keys.push_back(item.key());
  if (strict && !keys.unexpected_keys.empty())
    mistakes.insert(mistakes.begin(),
                    "Unexpected key(s) in state_dict: " + quoted(keys.unexpected_keys) + ". ");
  if (strict && !keys.missing_keys.empty())
    mistakes.insert(mistakes.begin(),
                    "Missing key(s) in state_dict: " + quoted(keys.missing_keys) + ". ");
  if (!mistakes.empty()) {
    std::string text = "Error(s) in loading state_dict for " + type_name() + ":";
    for (const std::string& mistake : mistakes) text += "\n\t" + mistake;
    TORCH_CHECK(false, text);
  }

  NoGradGuard no_grad;
  for (const auto& item : own)
    if (const Tensor* given = state_dict.find(item.key())) item->copy_(*given);
  return keys;
}
}  // namespace nn
}  // namespace torch
