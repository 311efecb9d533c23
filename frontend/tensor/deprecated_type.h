/// What older programs name a dtype and a kind of memory with: `tensor.options()` says the same.
#pragma once
#include "frontend/tensor/options.h"

namespace c10 {
enum class Backend { CPU, CUDA, SparseCPU, SparseCUDA, MPS, Undefined };

/// Of a backend and a dtype.
class DeprecatedTypeProperties {
 public:
  DeprecatedTypeProperties(Backend backend, ScalarType type) : backend_(backend), type_(type) {}
  Backend backend() const { return backend_; }
  ScalarType scalarType() const { return type_; }
  bool is_cuda() const { return backend_ == Backend::CUDA || backend_ == Backend::SparseCUDA; }
  bool is_sparse() const {
    return backend_ == Backend::SparseCPU || backend_ == Backend::SparseCUDA;
  }
  TensorOptions options() const {
    return TensorOptions(type_)
        .device(backend_ == Backend::MPS ? kMPS
                : is_cuda()              ? kCUDA
                                         : kCPU)
        .layout(is_sparse() ? kSparse : kStrided);
  }
  operator TensorOptions() const { return options(); }

 private:
  Backend backend_;
  ScalarType type_;
};
inline DeprecatedTypeProperties getDeprecatedTypeProperties(Backend backend, ScalarType type) {
  return {backend, type};
}
}  // namespace c10
