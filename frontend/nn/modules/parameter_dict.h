/// ParameterDict: tensors by name, registered as parameters.
#pragma once
#include <string>
#include <vector>

#include "frontend/nn/cloneable.h"

namespace torch {
namespace nn {

class ParameterDictImpl : public Cloneable<ParameterDictImpl> {
 public:
  using Iterator = OrderedDict<std::string, Tensor>::Iterator;
  using ConstIterator = OrderedDict<std::string, Tensor>::ConstIterator;

  ParameterDictImpl() = default;
  explicit ParameterDictImpl(const OrderedDict<std::string, Tensor>& params) {
    parameters_ = params;
  }

  /// Does nothing: the parameters are made by the user.
  void reset() override {}
  void pretty_print(std::ostream& stream) const override;

  /// Adds a parameter; it is trained if it requires grad.
  Tensor& insert(const std::string& key, const Tensor& param,
                 Location where = Location::current()) {
    return register_parameter(key, param, param.requires_grad(), where);
  }
  /// Takes a parameter out.
  Tensor pop(const std::string& key, Location where = Location::current());
  std::vector<std::string> keys() const { return parameters_.keys(); }
  std::vector<Tensor> values() const { return parameters_.values(); }
  Iterator begin() { return parameters_.begin(); }
  ConstIterator begin() const { return parameters_.begin(); }
  Iterator end() { return parameters_.end(); }
  ConstIterator end() const { return parameters_.end(); }
  size_t size() const noexcept { return parameters_.size(); }
  bool empty() const noexcept { return parameters_.is_empty(); }
  /// Exchanges the parameters of these names, which have to be there.
  template <typename Container> void update(const Container& container) {
    for (auto& item : container) parameters_[item.key()] = item.value();
  }
  void clear() { parameters_.clear(); }
  bool contains(const std::string& key) const noexcept { return parameters_.contains(key); }
  const Tensor& get(const std::string& key, Location where = Location::current()) const {
    record::Call call(where);
    return parameters_[key];
  }
  Tensor& get(const std::string& key, Location where = Location::current()) {
    record::Call call(where);
    return parameters_[key];
  }
  Tensor& operator[](const std::string& key) { return parameters_[key]; }
  const Tensor& operator[](const std::string& key) const { return parameters_[key]; }
};
WEFT_MODULE(ParameterDict);
}  // namespace nn
}  // namespace torch
