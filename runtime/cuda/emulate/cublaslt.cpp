// cuBLASLt: f32, f64 and bf16, one element after the other.
#include <algorithm>
#include <cstring>

#include "ir/op/half.h"
#include "runtime/cuda/cublaslt_api.h"
#include "runtime/cuda/emulate/driver_state.h"

namespace torch {
namespace runtime {
namespace cuda {

struct cublasLtMatmulDescOpaque_t {
  cublasOperation_t a, b;
};
struct cublasLtMatrixLayoutOpaque_t {
  cudaDataType_t type;
  int64_t rows, columns, leading;
  int32_t batch;
  int64_t matrix;
};
struct cublasLtMatmulPreferenceOpaque_t {
  uint32_t alignment = 256;  // the least of a, b, c, d
};

namespace emulate {
namespace {

cublasStatus_t cublasLtCreate(cublasLtHandle_t* handle) {
  static int any;
  *handle = reinterpret_cast<cublasLtHandle_t>(&any);
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtMatmulDescCreate(cublasLtMatmulDesc_t* made, cublasComputeType_t,
                                        cudaDataType_t) {
  *made = new cublasLtMatmulDescOpaque_t{CUBLAS_OP_N, CUBLAS_OP_N};
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtMatmulDescDestroy(cublasLtMatmulDesc_t d) {
  delete d;
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtMatmulDescSetAttribute(cublasLtMatmulDesc_t d,
                                              cublasLtMatmulDescAttributes_t which,
                                              const void* value, size_t bytes) {
  std::memcpy(which == CUBLASLT_MATMUL_DESC_TRANSA ? &d->a : &d->b, value, bytes);
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtMatrixLayoutCreate(cublasLtMatrixLayout_t* made, cudaDataType_t type,
                                          uint64_t rows, uint64_t columns, int64_t leading) {
  *made = new cublasLtMatrixLayoutOpaque_t{
      type, static_cast<int64_t>(rows), static_cast<int64_t>(columns), leading, 1, 0};
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtMatrixLayoutDestroy(cublasLtMatrixLayout_t l) {
  delete l;
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtMatrixLayoutSetAttribute(cublasLtMatrixLayout_t l,
                                                cublasLtMatrixLayoutAttribute_t which,
                                                const void* value, size_t bytes) {
  if (which == CUBLASLT_MATRIX_LAYOUT_BATCH_COUNT) std::memcpy(&l->batch, value, bytes);
  else std::memcpy(&l->matrix, value, bytes);
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtMatmulPreferenceCreate(cublasLtMatmulPreference_t* made) {
  *made = new cublasLtMatmulPreferenceOpaque_t();
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtMatmulPreferenceDestroy(cublasLtMatmulPreference_t p) {
  delete p;
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtMatmulPreferenceSetAttribute(cublasLtMatmulPreference_t p,
                                                    cublasLtMatmulPreferenceAttributes_t which,
                                                    const void* value, size_t bytes) {
  if (which == CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES) return CUBLAS_STATUS_SUCCESS;
  uint32_t given = 0;
  if (bytes != sizeof given) return CUBLAS_STATUS_NOT_SUPPORTED;
  std::memcpy(&given, value, sizeof given);
  p->alignment = std::min(p->alignment, given);
  return CUBLAS_STATUS_SUCCESS;
}

bool is_known(cudaDataType_t type) {
  return type == CUDA_R_32F || type == CUDA_R_64F || type == CUDA_R_16BF;
}

cublasStatus_t cublasLtMatmulAlgoGetHeuristic(cublasLtHandle_t, cublasLtMatmulDesc_t,
                                              cublasLtMatrixLayout_t a, cublasLtMatrixLayout_t,
                                              cublasLtMatrixLayout_t, cublasLtMatrixLayout_t,
                                              cublasLtMatmulPreference_t preference, int,
                                              cublasLtMatmulHeuristicResult_t* results,
                                              int* count) {
  *count = 0;
  if (!is_known(a->type)) return CUBLAS_STATUS_NOT_SUPPORTED;
  *count = 1;
  results[0] = {};
  results[0].workspaceSize = 256;
  results[0].algo.data[0] = preference->alignment;
  return CUBLAS_STATUS_SUCCESS;
}

/// d = op(a) op(b), column-major, summed in `Sum`.
template <class Sum, class T, class D>
void multiply(const cublasLtMatmulDescOpaque_t& desc, const cublasLtMatrixLayoutOpaque_t& la,
              const cublasLtMatrixLayoutOpaque_t& lb, const cublasLtMatrixLayoutOpaque_t& ld,
              const T* a, const T* b, D* d) {
  const int64_t inner = desc.a == CUBLAS_OP_N ? la.columns : la.rows;
  for (int64_t batch = 0; batch < ld.batch; ++batch)
    for (int64_t j = 0; j < ld.columns; ++j)
      for (int64_t i = 0; i < ld.rows; ++i) {
        Sum sum = 0;
        for (int64_t k = 0; k < inner; ++k)
          sum +=
              static_cast<Sum>(
                  a[batch * la.matrix +
                    (desc.a == CUBLAS_OP_N ? i + k * la.leading : k + i * la.leading)]) *
              static_cast<Sum>(b[batch * lb.matrix + (desc.b == CUBLAS_OP_N ? k + j * lb.leading
                                                                            : j + k * lb.leading)]);
        d[batch * ld.matrix + i + j * ld.leading] = static_cast<D>(sum);
      }
}

cublasStatus_t cublasLtMatmul(cublasLtHandle_t, cublasLtMatmulDesc_t desc, const void*,
                              const void* a, cublasLtMatrixLayout_t la, const void* b,
                              cublasLtMatrixLayout_t lb, const void*, const void*,
                              cublasLtMatrixLayout_t, void* d, cublasLtMatrixLayout_t ld,
                              const cublasLtMatmulAlgo_t* algorithm, void*, size_t,
                              CUstream stream) {
  for (const void* address : {a, b, static_cast<const void*>(d)})
    if (reinterpret_cast<uintptr_t>(address) % algorithm->data[0] != 0)
      return CUBLAS_STATUS_NOT_SUPPORTED;
  const auto work = [=, desc = *desc, la = *la, lb = *lb, ld = *ld] {
    const auto of = [&]<class Sum, class T, class D>(Sum, T, D) {
      multiply<Sum>(desc, la, lb, ld, static_cast<const T*>(a), static_cast<const T*>(b),
                    static_cast<D*>(d));
    };
    const c10::BFloat16 half(0.f);
    if (la.type == CUDA_R_64F) of(double(), double(), double());
    else if (la.type == CUDA_R_32F) of(float(), float(), float());
    else if (ld.type == CUDA_R_32F) of(float(), half, float());
    else of(float(), half, half);
    return CUDA_SUCCESS;
  };
  std::lock_guard<std::recursive_mutex> lock(state().mutex);
  return enqueue(stream, work) ? CUBLAS_STATUS_NOT_SUPPORTED : CUBLAS_STATUS_SUCCESS;
}
}  // namespace
}  // namespace emulate

const CublasLt* emulated_cublaslt() {
  static const CublasLt* table = [] {
    auto* t = new CublasLt();
#define WEFT_ENTRY(name, parameters) t->name = &emulate::name;
    WEFT_CUBLASLT(WEFT_ENTRY)
#undef WEFT_ENTRY
    return t;
  }();
  return table;
}
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
