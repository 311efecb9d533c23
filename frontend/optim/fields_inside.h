/// The fields of options and states: name and place.
#pragma once
#include <deque>
#include <optional>
#include <string>
#include <tuple>
#include <variant>

#include "frontend/optim/options.h"

namespace torch {
namespace optim {

struct Field {
  using Place =
      std::variant<double*, int64_t*, unsigned*, bool*, std::tuple<double, double>*, std::optional<int64_t>*,
                   std::optional<std::string>*, std::vector<double>*, Tensor*, std::deque<Tensor>*,
                   std::optional<std::vector<Tensor>>*>;
  const char* name;
  Place place;
  bool extra = false;  // libtorch's options have none of that name: its files lack it
};
/// In a member of a class made by TORCH_ARG.
#define WEFT_FIELD(name) \
  ::torch::optim::Field { #name, &name##_ }
#define WEFT_EXTRA_FIELD(name) \
  ::torch::optim::Field { #name, &name##_, true }
/// Defines a class's fields.
#define WEFT_FIELDS(Class, ...) \
  void Class::fields(Fields& into) { into.insert(into.end(), {__VA_ARGS__}); }

/// The fields of options, a state or a scheduler. They are its own: only who may change it may
/// write to them.
template <class T> Fields fields_of(const T& object) {
  Fields fields;
  const_cast<T&>(object).fields(fields);
  return fields;
}
/// Null when there is none of that name and type.
template <class V, class T> V* find_field(const T& object, const char* name) {
  for (const Field& field : fields_of(object))
    if (std::string(field.name) == name)
      if (V* const* place = std::get_if<V*>(&field.place)) return *place;
  return nullptr;
}
bool equal(const Field& a, const Field& b);
void assign(const Field& to, const Field& from);
}  // namespace optim
}  // namespace torch
