#include "frontend/tensor/requirement_inside.h"

#include <cmath>
#include <cstdio>

#include "frontend/record/fold.h"
#include "frontend/record/read.h"
#include "frontend/record/scope.h"

namespace torch {
namespace {
template <class T> std::string text(T x) {
  char out[32];
  if constexpr (op::DTypeOf<T>::is_float)
    std::snprintf(out, sizeof out, "%.9g", static_cast<double>(x));
  else
    std::snprintf(out, sizeof out, "%lld", static_cast<long long>(x));
  return out;
}
[[noreturn]] void refuse_value(const Range& range, const std::string& value, Location where) {
  const std::string said = op::sentence(range.what, value);
  if (op::info(range.what).is_index) throw c10::IndexError(said, record::located(where));
  throw c10::Error(said, record::located(where));
}

void check_known_value(const Value& x, const Range& range, optional<int64_t> except,
                       Location where) {
  const auto bytes = record::known_or_folded(x);
  if (!bytes) return;
  op::visit_dtype(x.type().dtype, [&](auto zero) {
    using T = decltype(zero);
    const T* values = static_cast<const T*>(bytes->data());
    for (int64_t i = 0, n = x.type().numel(); i < n; ++i) {
      const double v = static_cast<double>(values[i]);
      if (!range.holds(v) && !(except && v == static_cast<double>(*except)))
        refuse_value(range, text(values[i]), where);
    }
  });
}
}  // namespace

void detail::check_known(const Tensor& x, const Range& range, optional<int64_t> except,
                         Location where) {
  check_known_value(value_of(x, How(where)), range, except, where);
}

Value within(const Value& x, const Range& range, const How& how) {
  const bool named = record::surroundings().scope || !how.what;
  const record::Scope scope(named ? nullptr : record::intern(how.what));
  check_known_value(x, range, nullopt, how.where);
  const auto compared = [&](Op op, double bound) {
    const op::Literal literal = op::Literal::of(x.type().dtype, bound);
    const Value b = record::record(Op::constant, {}, op::attrs::constant::pack(literal, {}), how);
    return record::record(op, {x, b}, {}, how);
  };
  const bool floats = isFloatingType(x.type().dtype);
  const Op below = range.closed ? Op::le : Op::lt;
  Value ok;
  if (floats || std::isfinite(range.low)) ok = compared(Op::ge, range.low);
  if (floats || std::isfinite(range.high)) {
    const Value under = compared(below, range.high);
    ok = ok ? record::record(Op::bitwise_and, {ok, under}, {}, how) : under;
  }
  return record::record(Op::require, {x, ok},
                        op::attrs::require::pack(static_cast<int64_t>(range.what)), how);
}
Tensor detail::within(const Tensor& x, const Range& range) {
  const How how(Location::none());
  return result_like(torch::within(value_of(x, how), range, how), x);
}
}  // namespace torch
