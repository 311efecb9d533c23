#include "runtime/reference/contraction.h"
#include "runtime/reference/variants.h"

namespace torch {
namespace reference {
namespace WEFT_VARIANT {
namespace {

template <class T> void multiply(const Call& c) {
  const op::Dims &a = c.type(0).dims, &y = c.result_type().dims;
  const size_t rank = y.size();
  const int64_t m = y[rank - 2], n = y[rank - 1], k = a[rank - 1];
  int64_t batch = 1;
  for (size_t i = 0; i + 2 < rank; ++i) batch *= y[i];
  const int64_t splits = op::contraction_splits(batch, m, n, k);
  // A few rows at a time, so that their accumulators stay near.
  const int64_t rows = std::max<int64_t>(1, 8192 / std::max<int64_t>(n, 1));
  for (int64_t b = 0; b < batch; ++b)
    for (int64_t i = 0; i < m; i += rows) {
      const int64_t count = std::min(rows, m - i);
      const T *left = c.in<T>(0) + (b * m + i) * k, *right = c.in<T>(1) + b * k * n;
      chain<T>(count, n, k, splits, c.out<T>() + (b * m + i) * n,
               [&](int64_t p, T* acc) { rank_one(count, n, left + p, k, right + p * n, acc); });
    }
}
}  // namespace

void matmul(const Call& c) {
  switch (c.type(0).dtype) {
    case op::DType::Float: return multiply<float>(c);
    case op::DType::Double: return multiply<double>(c);
    case op::DType::Int: return multiply<int32_t>(c);
    case op::DType::Long: return multiply<int64_t>(c);
    case op::DType::Byte: return multiply<uint8_t>(c);
    case op::DType::Char: return multiply<int8_t>(c);
    case op::DType::Short: return multiply<int16_t>(c);
    default: return;
  }
}
}  // namespace WEFT_VARIANT
}  // namespace reference
}  // namespace torch
