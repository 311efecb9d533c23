/// What templates over modules ask of a type.
#pragma once
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

#include "frontend/record/scope.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {
class Module;
}
namespace detail {

struct ModuleHolderIndicator {};

template <typename T>
using is_module_holder = std::is_base_of<ModuleHolderIndicator, std::decay_t<T>>;
template <typename T>
using disable_if_module_holder_t = std::enable_if_t<!is_module_holder<T>::value>;
template <typename T>
using disable_if_location_t = std::enable_if_t<!std::is_same<std::decay_t<T>, Location>::value>;

template <bool is_holder, typename T, typename C>
struct is_module_holder_of_impl : std::false_type {};
template <typename T, typename C>
struct is_module_holder_of_impl<true, T, C> : std::is_same<typename T::ContainedType, C> {};
/// T is a ModuleHolder<C>.
template <typename T, typename C>
struct is_module_holder_of
    : is_module_holder_of_impl<is_module_holder<T>::value, std::decay_t<T>, std::decay_t<C>> {};

/// T derives from nn::Module.
template <typename T> using is_module = std::is_base_of<nn::Module, std::decay_t<T>>;
template <typename T, typename R = void>
using enable_if_module_t = std::enable_if_t<is_module<T>::value, R>;

template <typename T, typename = void> struct has_forward : std::false_type {};
/// T has one forward method that is no template.
template <typename T> struct has_forward<T, std::void_t<decltype(&T::forward)>> : std::true_type {};

template <typename... Ts> struct last_is_location : std::false_type {};
template <typename T> struct last_is_location<T> : std::is_same<T, Location> {};
template <typename T, typename U, typename... Ts>
struct last_is_location<T, U, Ts...> : last_is_location<U, Ts...> {};
template <typename R, typename C, typename... Args>
last_is_location<Args...> method_takes_location(R (C::*)(Args...));
template <typename R, typename C, typename... Args>
last_is_location<Args...> method_takes_location(R (C::*)(Args...) const);

template <typename T, typename = void> struct forward_takes_location : std::false_type {};
/// The last parameter of T's forward is the caller's line.
template <typename T>
struct forward_takes_location<T, std::void_t<decltype(&T::forward)>>
    : decltype(method_takes_location(&T::forward)) {};
/// A class with a template forward says so by a member type.
template <typename T>
struct forward_takes_location<T, typename T::ForwardTakesLocation> : std::true_type {};

template <typename R, typename C, typename... Args>
std::tuple<std::decay_t<Args>...> method_arguments(R (C::*)(Args...));
template <typename R, typename C, typename... Args>
std::tuple<std::decay_t<Args>...> method_arguments(R (C::*)(Args...) const);
/// The types of the arguments of T's forward; none for a template.
template <typename T, typename = void> struct forward_arguments { using type = std::tuple<>; };
template <typename T> struct forward_arguments<T, std::void_t<decltype(&T::forward)>> {
  using type = decltype(method_arguments(&T::forward));
};
/// How many arguments a call with `given` of them leaves out, the caller's line not counted.
template <typename T, size_t given> constexpr size_t arguments_left_out() {
  constexpr size_t all = std::tuple_size<typename forward_arguments<T>::type>::value;
  return all > given + 1 ? all - given - 1 : 0;
}

template <typename C, typename = void> struct left_out_flag : std::false_type {};
template <typename C>
struct left_out_flag<C, std::enable_if_t<C::left_out_flags>> : std::true_type {};
/// What stands for an argument of type T of C's forward that a call leaves out: an absent tensor or
/// option; of a flag, what C says of its flags (`left_out_flags`), else false.
template <typename C, typename T> T left_out() {
  if constexpr (std::is_same<T, bool>::value) return left_out_flag<C>::value;
  else return T();
}

template <typename C, typename = void> struct takes_index : std::false_type {};
/// C's operator[] takes an integer with the line that wrote it.
template <typename C>
struct takes_index<C, std::void_t<decltype(std::declval<C&>()[std::declval<IndexIn>()])>>
    : std::true_type {};

template <typename C, typename... Args>
using return_type_of_forward_t = decltype(std::declval<C&>().forward(std::declval<Args>()...));

template <typename... Ts> constexpr bool check_not_lvalue_references() {
  return (
      (!std::is_lvalue_reference<Ts>::value || std::is_const<std::remove_reference_t<Ts>>::value) &&
      ...);
}
}  // namespace detail
}  // namespace torch
