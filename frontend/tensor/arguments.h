/// First parameters of free functions and operators: they convert from what the user writes and
/// note the line.
#pragma once
#include "frontend/tensor/generator.h"
#include "frontend/tensor/tensor_base.h"

namespace torch {
/// A tensor and the line that passed it.
struct In {
  In(const Tensor& tensor, Location where = Location::current()) : tensor(tensor), where(where) {}
  operator const Tensor&() const { return tensor; }
  const Tensor* operator->() const { return &tensor; }
  const Tensor& tensor;
  Location where;
};

/// A number and the line that passed it.
struct ScalarIn {
  template <class T, class = std::enable_if_t<c10::is_number_v<T>>>
  ScalarIn(T value, Location where = Location::current()) : scalar(value), where(where) {}
  ScalarIn(const Scalar& scalar, Location where = Location::current())
      : scalar(scalar), where(where) {}
  operator const Scalar&() const { return scalar; }
  Scalar scalar;
  Location where;
};

/// An integer (a position) and the line that passed it.
struct IndexIn {
  template <class T,
            class = std::enable_if_t<std::is_integral<T>::value && !std::is_same<T, bool>::value>>
  IndexIn(T value, Location where = Location::current())
      : value(static_cast<int64_t>(value)), where(where) {}
  int64_t value;
  Location where;
};

/// Several tensors and the line that passed them.
struct TensorListIn {
  TensorListIn(TensorList list, Location where = Location::current()) : list(list), where(where) {}
  TensorListIn(const std::vector<Tensor>& list, Location where = Location::current());
  TensorListIn(const std::initializer_list<Tensor>& list, Location where = Location::current());
  TensorList list;
  Location where;
};
}  // namespace torch
