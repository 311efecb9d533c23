/// The tensors of a batch in pinned memory, whatever batch it is.
#pragma once
#include <optional>
#include <type_traits>
#include <vector>

#include "frontend/data/example.h"

namespace torch {
namespace data {
namespace detail {
/// What is no tensor, and holds none that is known, stays as it is.
template <class T> void pin(T&) {}
/// Not where there is no GPU.
void pin(Tensor& tensor);
template <class Data, class Target> void pin(Example<Data, Target>& example);
template <class Data> void pin(Example<Data, example::NoTarget>& example);
template <class T> void pin(std::vector<T>& batch);
template <class T> void pin(std::optional<T>& batch);

template <class Data, class Target> void pin(Example<Data, Target>& example) {
  pin(example.data);
  pin(example.target);
}
template <class Data> void pin(Example<Data, example::NoTarget>& example) { pin(example.data); }
template <class T> void pin(std::vector<T>& batch) {
  if constexpr (!std::is_same_v<T, bool>)
    for (T& one : batch) pin(one);
}
template <class T> void pin(std::optional<T>& batch) {
  if (batch) pin(*batch);
}
}  // namespace detail
}  // namespace data
}  // namespace torch
