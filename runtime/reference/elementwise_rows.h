/// Loops over the scalar formulas, one function an op and element type. Included by what is
/// compiled twice.
#pragma once
#include "ir/op/formulas.h"
#include "runtime/reference/variant.h"
#include "runtime/reference/variants.h"

namespace torch {
namespace reference {
namespace WEFT_VARIANT {
namespace {

/// Whether an op whose operands are of these element types takes a T.
template <class T> constexpr bool takes(char types) {
  constexpr bool is_bool = std::is_same<T, bool>::value,
                 is_floating = op::DTypeOf<T>::is_float;
  return types == 'n'   ? !is_bool
         : types == 'f' ? is_floating
         : types == 'i' ? !is_floating
         : types == 'w' ? !is_floating && !is_bool
         : types == 'b' ? is_bool
                        : true;
}

// y may be x itself nowhere: results do not overlap operands.
template <class Formula, class X>
void row1(void* y, const void* const* x, const int64_t* s, int64_t n) {
  using Y = decltype(Formula()(Value<X>{}).value);
  Y* __restrict out = static_cast<Y*>(y);
  const X* __restrict a = static_cast<const X*>(x[0]);
  if (s[0] == 1)
    for (int64_t i = 0; i < n; ++i) out[i] = Formula()(Value<X>{a[i]}).value;
  else
    for (int64_t i = 0; i < n; ++i) out[i] = Formula()(Value<X>{a[i * s[0]]}).value;
}

template <class Formula, class X>
void row2(void* y, const void* const* x, const int64_t* s, int64_t n) {
  using Y = decltype(Formula()(Value<X>{}, Value<X>{}).value);
  Y* __restrict out = static_cast<Y*>(y);
  const X *__restrict a = static_cast<const X*>(x[0]), *__restrict b = static_cast<const X*>(x[1]);
  if (s[0] == 1 && s[1] == 1)
    for (int64_t i = 0; i < n; ++i) out[i] = Formula()(Value<X>{a[i]}, Value<X>{b[i]}).value;
  else
    for (int64_t i = 0; i < n; ++i)
      out[i] = Formula()(Value<X>{a[i * s[0]]}, Value<X>{b[i * s[1]]}).value;
}

/// The first operand may be a condition.
template <class Formula, class X0, class X>
void row3(void* y, const void* const* x, const int64_t* s, int64_t n) {
  using Y = decltype(Formula()(Value<X0>{}, Value<X>{}, Value<X>{}).value);
  Y* __restrict out = static_cast<Y*>(y);
  const X0* __restrict a = static_cast<const X0*>(x[0]);
  const X *__restrict b = static_cast<const X*>(x[1]), *__restrict c = static_cast<const X*>(x[2]);
  for (int64_t i = 0; i < n; ++i)
    out[i] = Formula()(Value<X0>{a[i * s[0]]}, Value<X>{b[i * s[1]]}, Value<X>{c[i * s[2]]}).value;
}

template <class T> Row find_row(op::Op op) {
  Row found = nullptr;
  op::visit_formula_row(op, [&](auto row, auto formula) {
    using R = decltype(row);
    using Formula = decltype(formula);
    if constexpr (takes<T>(R::types)) {
      if constexpr (R::operands == 1) found = &row1<Formula, T>;
      else if constexpr (R::operands == 2) found = &row2<Formula, T>;
      else if constexpr (R::op == op::Op::select) found = &row3<Formula, bool, T>;
      else found = &row3<Formula, T, T>;
    }
  });
  return found;
}
}  // namespace
}  // namespace WEFT_VARIANT
}  // namespace reference
}  // namespace torch
