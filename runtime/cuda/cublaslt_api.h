/// cuBLASLt's few types and functions, declared by ourselves (tests compare them with cublasLt.h).
#pragma once
#include <cstddef>
#include <cstdint>

#include "runtime/cuda/api.h"

#define WEFT_CUBLASLT(X)                                                                          \
  X(cublasLtCreate, (cublasLtHandle_t * handle))                                                  \
  X(cublasLtMatmulDescCreate,                                                                     \
    (cublasLtMatmulDesc_t * description, cublasComputeType_t compute, cudaDataType_t scale))      \
  X(cublasLtMatmulDescDestroy, (cublasLtMatmulDesc_t description))                                \
  X(cublasLtMatmulDescSetAttribute,                                                               \
    (cublasLtMatmulDesc_t description, cublasLtMatmulDescAttributes_t attribute,                  \
     const void* value, size_t bytes))                                                            \
  X(cublasLtMatrixLayoutCreate, (cublasLtMatrixLayout_t * layout, cudaDataType_t type,            \
                                 uint64_t rows, uint64_t columns, int64_t leading))               \
  X(cublasLtMatrixLayoutDestroy, (cublasLtMatrixLayout_t layout))                                 \
  X(cublasLtMatrixLayoutSetAttribute,                                                             \
    (cublasLtMatrixLayout_t layout, cublasLtMatrixLayoutAttribute_t attribute, const void* value, \
     size_t bytes))                                                                               \
  X(cublasLtMatmulPreferenceCreate, (cublasLtMatmulPreference_t * preference))                    \
  X(cublasLtMatmulPreferenceDestroy, (cublasLtMatmulPreference_t preference))                     \
  X(cublasLtMatmulPreferenceSetAttribute,                                                         \
    (cublasLtMatmulPreference_t preference, cublasLtMatmulPreferenceAttributes_t attribute,       \
     const void* value, size_t bytes))                                                            \
  X(cublasLtMatmulAlgoGetHeuristic,                                                               \
    (cublasLtHandle_t handle, cublasLtMatmulDesc_t description, cublasLtMatrixLayout_t a,         \
     cublasLtMatrixLayout_t b, cublasLtMatrixLayout_t c, cublasLtMatrixLayout_t d,                \
     cublasLtMatmulPreference_t preference, int wanted, cublasLtMatmulHeuristicResult_t* results, \
     int* count))                                                                                 \
  X(cublasLtMatmul,                                                                               \
    (cublasLtHandle_t handle, cublasLtMatmulDesc_t description, const void* alpha, const void* a, \
     cublasLtMatrixLayout_t a_layout, const void* b, cublasLtMatrixLayout_t b_layout,             \
     const void* beta, const void* c, cublasLtMatrixLayout_t c_layout, void* d,                   \
     cublasLtMatrixLayout_t d_layout, const cublasLtMatmulAlgo_t* algorithm, void* workspace,     \
     size_t workspace_bytes, CUstream stream))

namespace torch {
namespace runtime {
namespace cuda {

using cublasLtHandle_t = struct cublasLtContext*;
using cublasLtMatmulDesc_t = struct cublasLtMatmulDescOpaque_t*;
using cublasLtMatrixLayout_t = struct cublasLtMatrixLayoutOpaque_t*;
using cublasLtMatmulPreference_t = struct cublasLtMatmulPreferenceOpaque_t*;

enum cublasStatus_t : int { CUBLAS_STATUS_SUCCESS = 0, CUBLAS_STATUS_NOT_SUPPORTED = 15 };
enum cublasOperation_t : int { CUBLAS_OP_N = 0, CUBLAS_OP_T = 1 };
enum cublasComputeType_t : int {
  CUBLAS_COMPUTE_32F = 68,
  CUBLAS_COMPUTE_64F = 70,
  CUBLAS_COMPUTE_32F_FAST_TF32 = 77
};
enum cudaDataType_t : int { CUDA_R_32F = 0, CUDA_R_64F = 1, CUDA_R_16F = 2, CUDA_R_16BF = 14 };
enum cublasLtMatmulDescAttributes_t : int {
  CUBLASLT_MATMUL_DESC_TRANSA = 3,
  CUBLASLT_MATMUL_DESC_TRANSB = 4
};
enum cublasLtMatrixLayoutAttribute_t : int {
  CUBLASLT_MATRIX_LAYOUT_BATCH_COUNT = 5,
  CUBLASLT_MATRIX_LAYOUT_STRIDED_BATCH_OFFSET = 6
};
enum cublasLtMatmulPreferenceAttributes_t : int {
  CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES = 1,
  CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES = 5,
  CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_B_BYTES = 6,
  CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_C_BYTES = 7,
  CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_D_BYTES = 8
};

struct cublasLtMatmulAlgo_t {
  uint64_t data[8];
};
struct cublasLtMatmulHeuristicResult_t {
  cublasLtMatmulAlgo_t algo;
  size_t workspaceSize;
  cublasStatus_t state;
  float wavesCount;
  int reserved[4];
};

struct CublasLt {
#define WEFT_MEMBER(name, parameters) cublasStatus_t(*name) parameters = nullptr;
  WEFT_CUBLASLT(WEFT_MEMBER)
#undef WEFT_MEMBER
};
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
