/// AnyValue: a value of any type, as arguments and results pass through AnyModule.
#pragma once
#include <memory>
#include <type_traits>
#include <typeinfo>
#include <utility>
#include <vector>

#include "frontend/nn/demangle.h"
#include "frontend/nn/module.h"
#include "frontend/tensor/compiled_once.h"

namespace torch {
namespace nn {

class AnyValue {
 public:
  AnyValue(AnyValue&&) = default;
  AnyValue& operator=(AnyValue&&) = default;
  AnyValue(const AnyValue& other) : content_(other.content_->clone()) {}
  AnyValue& operator=(const AnyValue& other) {
    content_ = other.content_->clone();
    return *this;
  }
  /// Holds a copy of `value`, of its decayed type.
  template <typename T,
            typename = std::enable_if_t<!std::is_same<std::decay_t<T>, AnyValue>::value>>
  explicit AnyValue(T&& value);

  /// The value if it is a T, else null.
  template <typename T> T* try_get() {
    static_assert(!std::is_reference<T>::value,
                  "AnyValue stores decayed types, you cannot cast it to a reference type");
    static_assert(!std::is_array<T>::value,
                  "AnyValue stores decayed types, you must cast it to T* instead of T[]");
    return typeid(T) == type_info() ? &static_cast<Holder<T>&>(*content_).value : nullptr;
  }
  /// The value; throws if it is no T.
  template <typename T> T get(Location where = Location::current()) {
    if (T* value = try_get<T>()) return *value;
    WEFT_FAIL_AT(where, "Attempted to cast AnyValue to ", demangle(typeid(T)),
                 ", but its actual type is ", demangle(type_info()));
  }
  const std::type_info& type_info() const noexcept { return content_->type_info; }

 private:
  friend struct AnyModulePlaceholder;
  friend struct TestAnyValue;

  struct Placeholder {
    explicit Placeholder(const std::type_info& info) noexcept : type_info(info) {}
    virtual ~Placeholder() = default;
    virtual std::unique_ptr<Placeholder> clone() const {
      WEFT_FAIL_AT(Location::none(), "clone() should only be called on `AnyValue::Holder`");
    }
    const std::type_info& type_info;
  };
  template <typename T> struct Holder : Placeholder {
    template <typename U>
    explicit Holder(U&& v) noexcept : Placeholder(typeid(T)), value(std::forward<U>(v)) {}
    std::unique_ptr<Placeholder> clone() const override {
      return std::make_unique<Holder<T>>(value);
    }
    T value;
  };

  std::unique_ptr<Placeholder> content_;
};

template <typename T, typename>
AnyValue::AnyValue(T&& value)
    : content_(std::make_unique<Holder<std::decay_t<T>>>(std::forward<T>(value))) {}

// What forwards of the library's modules take where nothing is given.
WEFT_COMPILED_ONCE AnyValue::AnyValue(Tensor&&);
WEFT_COMPILED_ONCE AnyValue::AnyValue(bool&&);
WEFT_COMPILED_ONCE AnyValue::AnyValue(std::optional<IntArrayRef>&&);
WEFT_COMPILED_ONCE AnyValue::AnyValue(std::optional<std::vector<int64_t>>&&);
WEFT_COMPILED_ONCE AnyValue::AnyValue(std::optional<std::tuple<Tensor, Tensor>>&&);
}  // namespace nn
}  // namespace torch

/// In a module whose forward has default arguments: `FORWARD_HAS_DEFAULT_ARGS({1, AnyValue(2)}, {2,
/// AnyValue(3.)})` states them, by position, for calls through AnyModule and Sequential.
#define FORWARD_HAS_DEFAULT_ARGS(...)                                                    \
  template <typename ModuleType, typename... ArgumentTypes>                              \
  friend struct torch::nn::AnyModuleHolder;                                              \
  bool _forward_has_default_args() override { return true; }                             \
  unsigned int _forward_num_required_args() override {                                   \
    std::vector<std::pair<unsigned int, torch::nn::AnyValue>> args_info = {__VA_ARGS__}; \
    return args_info[0].first;                                                           \
  }                                                                                      \
  std::vector<torch::nn::AnyValue> _forward_populate_default_args(                       \
      std::vector<torch::nn::AnyValue>&& arguments) override {                           \
    std::vector<std::pair<unsigned int, torch::nn::AnyValue>> args_info = {__VA_ARGS__}; \
    std::vector<torch::nn::AnyValue> all = std::move(arguments);                         \
    for (auto& arg : args_info)                                                          \
      if (arg.first >= all.size()) all.emplace_back(std::move(arg.second));              \
    return all;                                                                          \
  }
