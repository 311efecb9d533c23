/// ModuleHolder: a module by reference. `TORCH_MODULE(Net)` makes the class Net, which holds a
/// shared NetImpl.
#pragma once
#include <memory>
#include <type_traits>
#include <utility>

#include "frontend/nn/traits.h"
#include "frontend/record/scope.h"
#include "frontend/tensor/error.h"

namespace torch {
namespace nn {

template <typename Contained> class ModuleHolder : torch::detail::ModuleHolderIndicator {
 protected:
  std::shared_ptr<Contained> impl_;

 public:
  using ContainedType = Contained;

  /// Makes a module by its default constructor; compiles only where there is one.
  ModuleHolder() : impl_(default_construct()) {
    static_assert(std::is_default_constructible<Contained>::value,
                  "You are trying to default construct a module which has no default constructor. "
                  "Use = nullptr to give it the empty state (e.g. `Linear linear = nullptr;` "
                  "instead of `Linear linear;`).");
  }
  /// An empty holder.
  /*implicit*/ ModuleHolder(std::nullptr_t) : impl_(nullptr) {}
  /// Makes a module from these arguments; of up to three, what it says of wrong ones names the
  /// caller's line.
  template <typename A, typename = typename std::enable_if<
                            !torch::detail::is_module_holder_of<A, ContainedType>::value>::type>
  explicit ModuleHolder(A&& a, Location where = Location::current())
      : impl_(make(where, std::forward<A>(a))) {}
  template <typename A, typename B, typename = torch::detail::disable_if_location_t<B>>
  explicit ModuleHolder(A&& a, B&& b, Location where = Location::current())
      : impl_(make(where, std::forward<A>(a), std::forward<B>(b))) {}
  template <typename A, typename B, typename C, typename = torch::detail::disable_if_location_t<C>>
  explicit ModuleHolder(A&& a, B&& b, C&& c, Location where = Location::current())
      : impl_(make(where, std::forward<A>(a), std::forward<B>(b), std::forward<C>(c))) {}
  template <typename A, typename B, typename C, typename D, typename... More,
            typename = torch::detail::disable_if_location_t<D>>
  explicit ModuleHolder(A&& a, B&& b, C&& c, D&& d, More&&... more)
      : impl_(make(Location::none(), std::forward<A>(a), std::forward<B>(b), std::forward<C>(c),
                   std::forward<D>(d), std::forward<More>(more)...)) {}
  /*implicit*/ ModuleHolder(std::shared_ptr<Contained> module) : impl_(std::move(module)) {}

  explicit operator bool() const noexcept { return !is_empty(); }
  Contained* operator->() { return get(Location::none()); }
  const Contained* operator->() const { return get(Location::none()); }
  Contained& operator*() { return *get(Location::none()); }
  const Contained& operator*() const { return *get(Location::none()); }
  const std::shared_ptr<Contained>& ptr(Location where = Location::current()) const {
    check(where);
    return impl_;
  }
  Contained* get(Location where = Location::current()) {
    check(where);
    return impl_.get();
  }
  const Contained* get(Location where = Location::current()) const {
    check(where);
    return impl_.get();
  }
  bool is_empty() const noexcept { return impl_ == nullptr; }
  /// The module's own operator[].
  template <typename Arg, typename = std::enable_if_t<!std::is_integral<std::decay_t<Arg>>::value>>
  decltype(auto) operator[](Arg&& arg) {
    return (*get(Location::none()))[std::forward<Arg>(arg)];
  }
  decltype(auto) operator[](IndexIn index) {
    if constexpr (torch::detail::takes_index<Contained>::value) return (*get(index.where))[index];
    else return (*get(index.where))[static_cast<size_t>(index.value)];
  }

  /// Calls forward. With up to three arguments the caller's line is passed on to modules of the
  /// library.
  // T stands for Contained, which may have no forward.
  template <typename T = Contained, typename A, typename = torch::detail::disable_if_location_t<A>>
  auto operator()(A&& a, Location where = Location::current())
      -> torch::detail::return_type_of_forward_t<T, A> {
    return call(where, std::forward<A>(a));
  }
  template <typename T = Contained, typename A, typename B,
            typename = torch::detail::disable_if_location_t<B>>
  auto operator()(A&& a, B&& b, Location where = Location::current())
      -> torch::detail::return_type_of_forward_t<T, A, B> {
    return call(where, std::forward<A>(a), std::forward<B>(b));
  }
  template <typename T = Contained, typename A, typename B, typename C,
            typename = torch::detail::disable_if_location_t<C>>
  auto operator()(A&& a, B&& b, C&& c, Location where = Location::current())
      -> torch::detail::return_type_of_forward_t<T, A, B, C> {
    return call(where, std::forward<A>(a), std::forward<B>(b), std::forward<C>(c));
  }
  template <typename T = Contained, typename... Args,
            typename = typename std::enable_if<(sizeof...(Args) == 0 || sizeof...(Args) > 3)>::type>
  auto operator()(Args&&... args) -> torch::detail::return_type_of_forward_t<T, Args...> {
    return call(Location::none(), std::forward<Args>(args)...);
  }

 private:
  template <typename... Args>
  static std::shared_ptr<Contained> make(Location where, Args&&... args) {
    const record::Call call(where);
    return std::shared_ptr<Contained>(new Contained(std::forward<Args>(args)...));
  }
  template <typename... Args> decltype(auto) call(Location where, Args&&... args) {
    if constexpr (torch::detail::forward_takes_location<Contained>::value)
      return call_at(where,
                     std::make_index_sequence<
                         torch::detail::arguments_left_out<Contained, sizeof...(Args)>()>(),
                     std::forward<Args>(args)...);
    else return get(where)->forward(std::forward<Args>(args)...);
  }
  template <size_t... I, typename... Args>
  decltype(auto) call_at(Location where, std::index_sequence<I...>, Args&&... args) {
    using Arguments = typename torch::detail::forward_arguments<Contained>::type;
    return get(where)->forward(
        std::forward<Args>(args)...,
        torch::detail::left_out<Contained,
                                std::tuple_element_t<sizeof...(Args) + I, Arguments>>()...,
        where);
  }
  void check(Location where) const {
    WEFT_CHECK_AT(where, !is_empty(), "Accessing empty ModuleHolder");
  }
  template <typename T = Contained> std::shared_ptr<Contained> default_construct() {
    if constexpr (std::is_default_constructible<T>::value) return std::make_shared<Contained>();
    else return nullptr;
  }
};

/// Pretty prints the held module.
template <typename ModuleType>
std::ostream& operator<<(std::ostream& stream, const ModuleHolder<ModuleType>& module) {
  return stream << *module;
}
}  // namespace nn
}  // namespace torch

#define TORCH_MODULE_IMPL(Name, ImplType)                  \
  class Name : public torch::nn::ModuleHolder<ImplType> {  \
   public:                                                 \
    using torch::nn::ModuleHolder<ImplType>::ModuleHolder; \
    using Impl = ImplType;                                 \
  }
#define TORCH_MODULE(Name) TORCH_MODULE_IMPL(Name, Name##Impl)
