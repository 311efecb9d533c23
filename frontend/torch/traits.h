/// Small templates under libtorch's names: all_of, apply over arguments, what a module's forward
/// returns.
#pragma once
#include <memory>
#include <type_traits>
#include <utility>

#include "frontend/nn/traits.h"

namespace torch {
template <bool... values> struct all_of : std::bool_constant<(values && ...)> {};
template <bool... values> struct any_of : std::bool_constant<(values || ...)> {};
template <bool condition, class T = void> using enable_if_t = std::enable_if_t<condition, T>;
template <bool condition, class T = void> using disable_if_t = std::enable_if_t<!condition, T>;
using std::decay_t;
using std::remove_reference_t;

/// Calls the function with each argument in turn.
template <class F, class... Ts> F apply(F function, Ts&&... arguments) {
  (function(std::forward<Ts>(arguments)), ...);
  return function;
}

template <class T, class... Args, class = std::enable_if_t<!std::is_array<T>::value>>
std::unique_ptr<T> make_unique(Args&&... args) {
  return std::unique_ptr<T>(new T(std::forward<Args>(args)...));
}
/// An array of zeros.
template <class T, class = std::enable_if_t<std::is_array<T>::value>>
std::unique_ptr<T> make_unique(size_t size) {
  return std::unique_ptr<T>(new std::remove_extent_t<T>[size]());
}

namespace detail {
template <class M, class T = void>
using disable_if_module_t = std::enable_if_t<!is_module<M>::value, T>;

/// What `forward` of these arguments returns; void where there is none.
template <class Void, class Module, class... Args> struct forward_result {
  using type = void;
};
template <class Module, class... Args>
struct forward_result<std::void_t<return_type_of_forward_t<Module, Args...>>, Module, Args...> {
  using type = return_type_of_forward_t<Module, Args...>;
};
template <class Module, class... Args>
struct return_type_of_forward : forward_result<void, Module, Args...> {};
}  // namespace detail
}  // namespace torch
