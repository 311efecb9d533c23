// The order of elements along a dim.
#include <algorithm>
#include <vector>

#include "runtime/reference/call.h"

namespace torch {
namespace reference {
namespace {

/// An element and where it stands; whole orders are of these, so that comparing reads no memory
/// elsewhere.
template <class T> struct Placed {
  T value;
  int64_t at;
};

/// Ascending, nan last; equal ones by their places.
template <class T> bool before(const Placed<T>& a, const Placed<T>& b) {
  if (a.value < b.value) return true;
  if (b.value < a.value) return false;
  const bool a_nan = a.value != a.value, b_nan = b.value != b.value;
  return a_nan != b_nan ? b_nan : a.at < b.at;
}
/// Descending, nan first.
template <class T> bool before_falling(const Placed<T>& a, const Placed<T>& b) {
  if (b.value < a.value) return true;
  if (a.value < b.value) return false;
  const bool a_nan = a.value != a.value, b_nan = b.value != b.value;
  return a_nan != b_nan ? a_nan : a.at < b.at;
}

template <class T> void order(const Call& c) {
  const op::attrs::argsort a(c.attrs);
  const op::Dims& dims = c.type(0).dims;
  const size_t dim = static_cast<size_t>(a.dim);
  const int64_t n = dims[dim];
  int64_t outer = 1, inner = 1;
  for (size_t i = 0; i < dims.size(); ++i)
    if (i != dim) (i < dim ? outer : inner) *= dims[i];
  const auto less = a.descending ? &before_falling<T> : &before<T>;
  std::vector<Placed<T>> row(static_cast<size_t>(n));
  for (int64_t o = 0; o < outer; ++o)
    for (int64_t j = 0; j < inner; ++j) {
      const T* x = c.in<T>(0) + o * n * inner + j;
      for (int64_t i = 0; i < n; ++i) row[static_cast<size_t>(i)] = {x[i * inner], i};
      const auto middle = row.begin() + a.count;
      if (a.count < n) std::nth_element(row.begin(), middle, row.end(), less);
      std::sort(row.begin(), middle, less);
      int64_t* y = c.out<int64_t>() + o * a.count * inner + j;
      for (int64_t i = 0; i < a.count; ++i) y[i * inner] = row[static_cast<size_t>(i)].at;
    }
}
}  // namespace

void argsort(const Call& c) {
  if (c.result_type().numel() == 0) return;
  op::visit_dtype(c.type(0).dtype, [&](auto t) { order<decltype(t)>(c); });
}
}  // namespace reference
}  // namespace torch
