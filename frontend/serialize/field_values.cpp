#include "frontend/serialize/field_values_inside.h"

namespace torch {
namespace serialize {
namespace {
using optim::Field;

template <class T> Value make_shared_value(T v) { return {std::make_shared<T>(std::move(v))}; }
template <class Tensors> optional<Value> to_value(const Tensors& tensors) {
  List list{"Tensor", {}};
  for (const Tensor& t : tensors) {
    if (!t.defined()) return nullopt;
    list.values.push_back({t});
  }
  return make_shared_value(std::move(list));
}
struct ToValue {
  using Result = optional<Value>;  // none: nothing is written
  Result operator()(double* v) const { return Value{*v}; }
  Result operator()(int64_t* v) const { return Value{*v}; }
  Result operator()(unsigned* v) const { return Value{static_cast<int64_t>(*v)}; }
  Result operator()(bool* v) const { return Value{*v}; }
  Result operator()(std::tuple<double, double>* v) const {
    return make_shared_value(Tuple{{Value{std::get<0>(*v)}, Value{std::get<1>(*v)}}});
  }
  Result operator()(optional<int64_t>* v) const { return *v ? Value{**v} : Value{}; }
  Result operator()(optional<std::string>* v) const { return *v ? Value{**v} : Value{}; }
  Result operator()(std::vector<double>* v) const {
    List list{"float", {}};
    for (double number : *v) list.values.push_back({number});
    return make_shared_value(std::move(list));
  }
  Result operator()(Tensor* v) const { return v->defined() ? Result(Value{*v}) : nullopt; }
  Result operator()(std::deque<Tensor>* v) const { return to_value(*v); }
  Result operator()(optional<std::vector<Tensor>>* v) const {
    const Result list = *v ? to_value(**v) : nullopt;
    return list ? list : Value{};
  }
};

// True where the value is of the field's type.
struct FromValue {
  const Value& from;
  template <class T> bool plain(T* v) const {
    if (const T* stored = from.get<T>()) return *v = *stored, true;
    return false;
  }
  bool operator()(double* v) const { return plain(v); }
  bool operator()(int64_t* v) const { return plain(v); }
  bool operator()(bool* v) const { return plain(v); }
  bool operator()(Tensor* v) const { return plain(v); }
  bool operator()(unsigned* v) const {
    const int64_t* stored = from.get<int64_t>();
    if (stored) *v = static_cast<unsigned>(*stored);
    return stored;
  }
  bool operator()(std::tuple<double, double>* v) const {
    const Values* values = from.get<Tuple>()  ? &from.get<Tuple>()->values
                           : from.get<List>() ? &from.get<List>()->values
                                              : nullptr;
    if (!values || values->size() != 2) return false;
    const double *a = (*values)[0].get<double>(), *b = (*values)[1].get<double>();
    if (a && b) *v = {*a, *b};
    return a && b;
  }
  template <class T> bool operator()(optional<T>* v) const {
    v->reset();
    if (from.none()) return true;
    T stored{};
    if (!(*this)(&stored)) return false;
    *v = std::move(stored);
    return true;
  }
  bool operator()(std::string* v) const { return plain(v); }
  template <class Elements> bool list(Elements* v) const {
    const List* stored = from.get<List>();
    if (!stored) return false;
    v->clear();
    for (const Value& element : stored->values) {
      const auto* one = element.get<typename Elements::value_type>();
      if (!one) return false;
      v->push_back(*one);
    }
    return true;
  }
  bool operator()(std::vector<double>* v) const { return list(v); }
  bool operator()(std::vector<Tensor>* v) const { return list(v); }
  bool operator()(std::deque<Tensor>* v) const { return list(v); }
};
}  // namespace

optional<Value> value_of(const Field& field) { return std::visit(ToValue(), field.place); }
bool take(const Field& field, const Value& value) {
  return std::visit(FromValue{value}, field.place);
}
bool may_be_missing(const Field& field) {
  return field.extra || std::holds_alternative<Tensor*>(field.place) ||
         std::holds_alternative<optional<int64_t>*>(field.place) ||
         std::holds_alternative<optional<std::string>*>(field.place) ||
         std::holds_alternative<optional<std::vector<Tensor>>*>(field.place);
}
}  // namespace serialize
}  // namespace torch
