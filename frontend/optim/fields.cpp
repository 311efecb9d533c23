#include "frontend/optim/fields_inside.h"

#include <typeinfo>

#include "frontend/tensor/functions.h"

namespace torch {
namespace optim {
namespace {
template <class T> bool same(const T& a, const T& b) { return a == b; }
bool same(const Tensor& a, const Tensor& b) {
  if (!a.defined() || !b.defined()) return a.defined() == b.defined();
  return torch::equal(a, b);
}
template <class List> bool same_elements(const List& a, const List& b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i)
    if (!same(a[i], b[i])) return false;
  return true;
}
bool same(const std::deque<Tensor>& a, const std::deque<Tensor>& b) { return same_elements(a, b); }
bool same(const std::optional<std::vector<Tensor>>& a,
          const std::optional<std::vector<Tensor>>& b) {
  return a && b ? same_elements(*a, *b) : a.has_value() == b.has_value();
}

template <class T> bool equal_fields(const T& a, const T& b) {
  if (typeid(a) != typeid(b)) return false;
  const Fields left = fields_of(a), right = fields_of(b);
  for (size_t i = 0; i < left.size(); ++i)
    if (!equal(left[i], right[i])) return false;
  return true;
}
}  // namespace

bool equal(const Field& a, const Field& b) {
  return std::visit(
      [&](auto* left) { return same(*left, *std::get<decltype(left)>(b.place)); }, a.place);
}
void assign(const Field& to, const Field& from) {
  std::visit([&](auto* place) { *place = *std::get<decltype(place)>(from.place); }, to.place);
}

namespace {
template <class T> void take_to(T&, const Device&) {}
void take_to(Tensor& t, const Device& device) {
  if (t.defined()) t = t.to(device);
}
void take_to(std::deque<Tensor>& list, const Device& device) {
  for (Tensor& t : list) take_to(t, device);
}
void take_to(std::optional<std::vector<Tensor>>& list, const Device& device) {
  for (size_t i = 0; list && i < list->size(); ++i) take_to((*list)[i], device);
}
}  // namespace
void OptimizerParamState::follow(const Tensor& param) {
  if (device_ == param.device()) return;
  device_ = param.device();
  for (const Field& field : fields_of(*this))
    std::visit([&](auto* place) { take_to(*place, *device_); }, field.place);
}

bool operator==(const OptimizerOptions& a, const OptimizerOptions& b) { return equal_fields(a, b); }
bool operator==(const OptimizerParamState& a, const OptimizerParamState& b) {
  return equal_fields(a, b);
}

namespace detail {
std::unique_ptr<OptimizerOptions> merged(const OptimizerOptions& given, OptimizerOptions& fresh,
                                         const OptimizerOptions& defaults) {
  const Fields own = fields_of(given);
  if (own.empty() || typeid(given) != typeid(defaults)) return given.clone();
  std::unique_ptr<OptimizerOptions> result = defaults.clone();
  const Fields plain = fields_of(fresh), into = fields_of(*result);
  for (size_t i = 0; i < own.size(); ++i)
    if (!equal(own[i], plain[i])) assign(into[i], own[i]);
  return result;
}
}  // namespace detail
}  // namespace optim
}  // namespace torch
