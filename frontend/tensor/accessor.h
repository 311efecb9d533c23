/// Elements by C++ indexing: `auto a = x.accessor<float, 2>(); a[i][j] = 1;`
#pragma once
#include "frontend/tensor/tensor.h"

namespace torch {
template <class T, size_t N> class TensorAccessor {
 public:
  TensorAccessor(T* data, const int64_t* sizes, const int64_t* strides)
      : data_(data), sizes_(sizes), strides_(strides) {}
  IntArrayRef sizes() const { return IntArrayRef(sizes_, N); }
  IntArrayRef strides() const { return IntArrayRef(strides_, N); }
  int64_t size(int64_t i) const { return sizes_[i]; }
  int64_t stride(int64_t i) const { return strides_[i]; }
  T* data() const { return data_; }
  decltype(auto) operator[](int64_t i) const {
    if constexpr (N == 1) return static_cast<T&>(data_[i * strides_[0]]);
    else return TensorAccessor<T, N - 1>(data_ + i * strides_[0], sizes_ + 1, strides_ + 1);
  }

 private:
  T* data_;
  const int64_t *sizes_, *strides_;
};

template <class T, size_t N> TensorAccessor<T, N> TensorBase::accessor(Location where) const {
  static_assert(N > 0, "accessor is used for indexing tensor, for scalars use *data_ptr<T>()");
  if (dim() != static_cast<int64_t>(N))
    throw c10::Error(c10::str("TensorAccessor expected ", N, " dims but tensor has ", dim()),
                     where);
  if (!device().is_cpu())
    throw c10::Error(c10::str("accessor: expected a tensor in the host's memory, but got one on ",
                              device(), "; Tensor::cpu() copies it there"),
                     where);
  return TensorAccessor<T, N>(data_ptr<T>(where), sizes().data(), strides().data());
}
}  // namespace torch
