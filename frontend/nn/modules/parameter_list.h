/// ParameterList: tensors in a list, registered as parameters under their positions.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "frontend/nn/cloneable.h"

namespace torch {
namespace nn {

class ParameterListImpl : public Cloneable<ParameterListImpl> {
 public:
  using Iterator = OrderedDict<std::string, Tensor>::Iterator;
  using ConstIterator = OrderedDict<std::string, Tensor>::ConstIterator;

  ParameterListImpl() = default;
  template <typename... Tensors> explicit ParameterListImpl(Tensors&&... params) {
    parameters_.reserve(sizeof...(Tensors));
    (append(std::forward<Tensors>(params)), ...);
  }

  /// Does nothing: the parameters are made by the user.
  void reset() override {}
  void pretty_print(std::ostream& stream) const override;

  /// Adds a parameter; it is trained if it requires grad.
  void append(const Tensor& param);
  void append(const OrderedDict<std::string, Tensor>::Item& pair) { append(pair.value()); }
  template <typename Container> void extend(const Container& container) {
    for (const auto& param : container) append(param);
  }

  Iterator begin() { return parameters_.begin(); }
  ConstIterator begin() const { return parameters_.begin(); }
  Iterator end() { return parameters_.end(); }
  ConstIterator end() const { return parameters_.end(); }
  Tensor& at(size_t index, Location where = Location::current()) {
    WEFT_CHECK_AT(where, index < size(), "Index out of range: ", index, " of ", size());
    return parameters_[std::to_string(index)];
  }
  const Tensor& at(size_t index, Location where = Location::current()) const {
    return const_cast<ParameterListImpl*>(this)->at(index, where);
  }
  Tensor& operator[](IndexIn index) { return at(static_cast<size_t>(index.value), index.where); }
  const Tensor& operator[](IndexIn index) const {
    return at(static_cast<size_t>(index.value), index.where);
  }
  size_t size() const noexcept { return parameters_.size(); }
  bool is_empty() const noexcept { return parameters_.is_empty(); }
  template <typename Container> ParameterListImpl& operator+=(const Container& other) {
    extend(other);
    return *this;
  }
};
WEFT_MODULE(ParameterList);
}  // namespace nn
}  // namespace torch
