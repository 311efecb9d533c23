// Unevaluated sums high + low of two floats, |low| <= half a last place of high: about twice the
// precision. Methods: Dekker 1971; with fma, Joldes, Muller and Popescu 2017.
#pragma once

#include "ir/scalar/literal.h"

namespace torch::scalar::detail {

template <class V> struct Pair { V high, low; };

/// a + b exactly, for |a| >= |b| or a = 0.
template <class V> Pair<V> ordered_sum(const V& a, const V& b) {
  V sum = a + b;
  return {sum, b - (sum - a)};
}

/// a * b exactly (unless the error underflows).
template <class V> Pair<V> exact_product(const V& a, const V& b) {
  V product = a * b;
  return {product, fma(a, b, -product)};
}

template <class V> Pair<V> product(const Pair<V>& a, const Pair<V>& b) {
  auto [high, low] = exact_product(a.high, b.high);
  return ordered_sum(high, fma(a.high, b.low, fma(a.low, b.high, low)));
}

/// a + b for |a.high| >= |b.high|.
template <class V> Pair<V> ordered_sum(const Pair<V>& a, const Pair<V>& b) {
  auto [high, low] = ordered_sum(a.high, b.high);
  return ordered_sum(high, low + (a.low + b.low));
}

/// A constant as a pair: the literal pieces of the format at hand.
template <class V> Pair<V> pair_constant(const V& like, double high, double low) {
  return {constant(like, high), constant(like, low)};
}

}  // namespace torch::scalar::detail
