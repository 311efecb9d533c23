/// Products of matrices by cuBLASLt, where it is: the alternative to our own kernels.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ir/op/dtype.h"
#include "runtime/cuda/api.h"

namespace torch {
namespace runtime {
namespace cuda {

/// Whether cuBLASLt can be loaded; only asked where there is a device. Else absence says why.
bool has_cublaslt();
const std::string& cublaslt_absence();

struct FoundCublasLt {
  const struct CublasLt* table = nullptr;
  std::string absence;
};
/// From the first of these libraries that is there.
FoundCublasLt find_cublaslt(const std::vector<std::string>& libraries);

/// c = a b, row-major, `batch` times: a is m x k (stored k x m if `transposed_a`), b is k x n
/// (stored n x k if `transposed_b`), c is m x n.
struct Product {
  op::DType type = op::DType::Float, result = op::DType::Float;  // of a and b, of c
  int64_t batch = 1, m = 0, n = 0, k = 0;
  bool transposed_a = false, transposed_b = false;
  int64_t row_a = 0, row_b = 0, row_c = 0;           // elements from row to row, as stored
  int64_t matrix_a = 0, matrix_b = 0, matrix_c = 0;  // and from matrix to matrix
  uint32_t alignment = 16;                           // bytes, of all addresses
  bool tf32 = false;                                 // factors may be rounded to it
};

class LtProduct {
 public:
  virtual ~LtProduct() = default;
  /// Thread safe.
  virtual void enqueue(CUstream stream, const void* a, const void* b, void* c,
                       void* workspace) const = 0;
  size_t workspace_bytes = 0;
};
/// Null where cuBLASLt is not, or has no algorithm for it.
std::shared_ptr<const LtProduct> make_lt_product(int device, const Product& product);
/// Kernel::enqueue of a launch whose buffers are a, b, c and the workspace.
std::function<void(void* stream, void* const* buffers)> enqueued(
    std::shared_ptr<const LtProduct> product);
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
