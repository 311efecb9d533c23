// Reductions in the order that ir/op/order.h fixes.
#include <algorithm>
#include <limits>
#include <vector>

#include "ir/op/order.h"
#include "runtime/reference/call.h"

namespace torch {
namespace reference {
namespace {

using op::Dims;

// Of each combination: the identity, and combine(acc, element).
struct Sum {
  template <class T> static T identity() { return T(0); }
  template <class T> static T combine(T a, T b) {
    if constexpr (std::is_integral<T>::value)
      return static_cast<T>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
    else
      return a + b;
  }
};
struct Prod {
  template <class T> static T identity() { return T(1); }
  template <class T> static T combine(T a, T b) {
    if constexpr (std::is_integral<T>::value)
      return static_cast<T>(static_cast<uint64_t>(a) * static_cast<uint64_t>(b));
    else
      return a * b;
  }
};
/// As scalar::maximum: nan wins; of two zeros the second.
struct Max {
  template <class T> static T identity() {
    using L = std::numeric_limits<T>;
    return L::has_infinity ? -L::infinity() : L::lowest();
  }
  template <class T> static T combine(T a, T b) { return a > b || a != a ? a : b; }
};
struct Min {
  template <class T> static T identity() {
    using L = std::numeric_limits<T>;
    return L::has_infinity ? L::infinity() : L::max();
  }
  template <class T> static T combine(T a, T b) { return a < b || a != a ? a : b; }
};
struct Any {
  template <class T> static T identity() { return T(0); }
  template <class T> static T combine(T a, T b) { return a | b; }
};
struct All {
  template <class T> static T identity() { return T(1); }
  template <class T> static T combine(T a, T b) { return a & b; }
};

/// x[0..n) by kLanes accumulators.
template <class C, class T> T reduce_row(const T* x, int64_t n) {
  T acc[op::kLanes];
  for (T& a : acc) a = C::template identity<T>();
  int64_t r = 0;
  for (; r + op::kLanes <= n; r += op::kLanes)
    for (int64_t l = 0; l < op::kLanes; ++l) acc[l] = C::combine(acc[l], x[r + l]);
  for (int64_t l = 0; r + l < n; ++l) acc[l] = C::combine(acc[l], x[r + l]);
  for (int64_t w = op::kLanes / 2; w > 0; w /= 2)
    for (int64_t l = 0; l < w; ++l) acc[l] = C::combine(acc[l], acc[l + w]);
  return acc[0];
}

/// y[j] = x[0..n)[j] one after the other; rows of x are `inner` long.
template <class C, class T> void reduce_columns(const T* x, int64_t n, int64_t inner, T* y) {
  for (int64_t j = 0; j < inner; ++j) y[j] = C::template identity<T>();
  for (int64_t r = 0; r < n; ++r)
    for (int64_t j = 0; j < inner; ++j) y[j] = C::combine(y[j], x[r * inner + j]);
}

/// (n, inner) to (inner), without chunks.
template <class C, class T> void reduce_chunk(const T* x, int64_t n, int64_t inner, T* y) {
  if (inner == 1)
    *y = reduce_row<C>(x, n);
  else
    reduce_columns<C>(x, n, inner, y);
}

/// One group: (n, inner) to (inner).
template <class C, class T> void reduce_group(const T* x, int64_t n, int64_t inner, T* y) {
  if (n <= op::kChunk) return reduce_chunk<C>(x, n, inner, y);
  const int64_t count = (n + op::kChunk - 1) / op::kChunk;
  std::vector<T> results(static_cast<size_t>(count * inner));
  for (int64_t i = 0; i < count; ++i)
    reduce_chunk<C>(x + i * op::kChunk * inner, std::min(op::kChunk, n - i * op::kChunk), inner,
                    &results[static_cast<size_t>(i * inner)]);
  reduce_chunk<C>(results.data(), count, inner, y);
}

/// A tensor as (outer, n, inner) around one group.
struct Group {
  int64_t outer, n, inner;
};

/// The groups of reduced dims, innermost first, each in the shape that the ones before leave.
std::vector<Group> groups(op::Span<int64_t> dims, op::Span<int64_t> reduced) {
  auto product = [&](size_t begin, size_t end) {
    int64_t n = 1;
    for (size_t d = begin; d < end; ++d) n *= dims[d];
    return n;
  };
  std::vector<Group> found;
  int64_t inner = 1;
  size_t right = dims.size();
  for (const op::ReductionGroup& g : op::reduction_groups(dims, reduced)) {
    inner *= product(g.end, right);  // kept: what lies between two groups
    right = g.begin;
    const int64_t n = product(g.begin, g.end);
    if (n != 1) found.push_back({product(0, g.begin), n, inner});
  }
  if (found.empty()) found.push_back({product(0, dims.size()), 1, 1});
  return found;
}

template <class C, class T> void reduce(const Call& c) {
  const std::vector<Group> list = groups(c.type(0).dims, op::attrs::sum(c.attrs).dims);
  const T* x = c.in<T>(0);
  std::vector<T> between, next;
  for (size_t i = 0; i < list.size(); ++i) {
    const Group& g = list[i];
    T* y = c.out<T>();
    if (i + 1 < list.size()) {
      next.resize(static_cast<size_t>(g.outer * g.inner));
      y = next.data();
    }
    for (int64_t o = 0; o < g.outer; ++o)
      reduce_group<C>(x + o * g.n * g.inner, g.n, g.inner, y + o * g.inner);
    between.swap(next);
    x = between.data();
  }
}

template <class T> void divide_by_count(const Call& c) {
  int64_t count = 1;
  for (int64_t d : op::attrs::mean(c.attrs).dims) count *= c.type(0).dims[static_cast<size_t>(d)];
  const int64_t n = c.result_type().numel();
  for (int64_t i = 0; i < n; ++i) c.out<T>()[i] /= static_cast<T>(count);
}

/// Index of the first largest (smallest) element along the dim; the first nan beats all.
template <class T> void arg_extremum(const Call& c, bool largest) {
  const Dims& dims = c.type(0).dims;
  const size_t dim = static_cast<size_t>(op::attrs::argmax(c.attrs).dim);
  int64_t outer = 1, inner = 1;
  for (size_t i = 0; i < dims.size(); ++i)
    if (i != dim) (i < dim ? outer : inner) *= dims[i];
  int64_t* y = c.out<int64_t>();
  for (int64_t o = 0; o < outer; ++o)
    for (int64_t j = 0; j < inner; ++j) {
      const T* x = c.in<T>(0) + o * dims[dim] * inner + j;
      int64_t best = 0;
      for (int64_t r = 1; r < dims[dim]; ++r) {
        const T v = x[r * inner], b = x[best * inner];
        if ((largest ? v > b : v < b) || (v != v && b == b)) best = r;
      }
      *y++ = best;
    }
}
}  // namespace

void reduction(const Call& c) {
  op::visit_computed(c.type(0).dtype, [&](auto t) {
    using T = decltype(t);
    if constexpr (std::is_same<T, bool>::value) {
      c.op == op::Op::any ? reduce<Any, uint8_t>(c) : reduce<All, uint8_t>(c);
    } else {
      switch (c.op) {
        case op::Op::sum: return reduce<Sum, T>(c);
        case op::Op::prod: return reduce<Prod, T>(c);
        case op::Op::max: return reduce<Max, T>(c);
        case op::Op::min: return reduce<Min, T>(c);
        default: break;
      }
      if constexpr (std::is_floating_point<T>::value) {  // mean
        reduce<Sum, T>(c);
        divide_by_count<T>(c);
      }
    }
  });
}

void index_reduction(const Call& c) {
  op::visit_computed(c.type(0).dtype,
                     [&](auto t) { arg_extremum<decltype(t)>(c, c.op == op::Op::argmax); });
}
}  // namespace reference
}  // namespace torch
