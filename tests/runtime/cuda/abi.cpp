// Our declarations against the toolkit's headers: compiled by abi_test.sh where they are. Ours come
// first: cuda.h renames functions by macros.
#include <cstddef>
#include <type_traits>

#include "runtime/cuda/cublaslt_api.h"
#include "runtime/cuda/driver.h"
#include "runtime/cuda/nvrtc.h"

#include "cublasLt.h"
#include "cuda.h"
#include "nvrtc.h"

namespace {
namespace ours = torch::runtime::cuda;

/// Passed in the same way: both pointers, or both whole numbers of the same size.
template <class A, class B> constexpr bool alike() {
  if constexpr (std::is_pointer_v<A> || std::is_pointer_v<B>)
    return std::is_pointer_v<A> && std::is_pointer_v<B>;
  else return std::is_floating_point_v<A> == std::is_floating_point_v<B> && sizeof(A) == sizeof(B);
}
template <class A, class B> struct Alike : std::false_type {};
template <class R, class... A, class S, class... B>
struct Alike<R (*)(A...), S (*)(B...)> : std::bool_constant<[] {
  if constexpr (sizeof...(A) == sizeof...(B)) return alike<R, S>() && (alike<A, B>() && ...);
  else return false;
}()> {};

#define WEFT_ALIKE(name, symbol, parameters)                                \
  static_assert(Alike<ours::CUresult(*) parameters, decltype(&::symbol)>(), \
                #symbol " has other parameters");

#define WEFT_VALUE(name) static_assert(static_cast<long>(ours::name) == static_cast<long>(::name));
WEFT_VALUE(CUDA_SUCCESS)
WEFT_VALUE(CUDA_ERROR_INVALID_VALUE)
WEFT_VALUE(CUDA_ERROR_OUT_OF_MEMORY)
WEFT_VALUE(CUDA_ERROR_NOT_INITIALIZED)
WEFT_VALUE(CUDA_ERROR_STUB_LIBRARY)
WEFT_VALUE(CUDA_ERROR_NO_DEVICE)
WEFT_VALUE(CUDA_ERROR_INVALID_DEVICE)
WEFT_VALUE(CUDA_ERROR_INVALID_IMAGE)
WEFT_VALUE(CUDA_ERROR_INVALID_CONTEXT)
WEFT_VALUE(CUDA_ERROR_NO_BINARY_FOR_GPU)
WEFT_VALUE(CUDA_ERROR_UNSUPPORTED_PTX_VERSION)
WEFT_VALUE(CUDA_ERROR_INVALID_HANDLE)
WEFT_VALUE(CUDA_ERROR_NOT_FOUND)
WEFT_VALUE(CUDA_ERROR_NOT_READY)
WEFT_VALUE(CUDA_ERROR_ILLEGAL_ADDRESS)
WEFT_VALUE(CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES)
WEFT_VALUE(CUDA_ERROR_PEER_ACCESS_ALREADY_ENABLED)
WEFT_VALUE(CUDA_ERROR_LAUNCH_FAILED)
WEFT_VALUE(CUDA_ERROR_NOT_SUPPORTED)
WEFT_VALUE(CUDA_ERROR_GRAPH_EXEC_UPDATE_FAILURE)
WEFT_VALUE(CUDA_ERROR_UNKNOWN)
WEFT_VALUE(CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_BLOCK)
WEFT_VALUE(CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK)
WEFT_VALUE(CU_DEVICE_ATTRIBUTE_WARP_SIZE)
WEFT_VALUE(CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT)
WEFT_VALUE(CU_DEVICE_ATTRIBUTE_L2_CACHE_SIZE)
WEFT_VALUE(CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_MULTIPROCESSOR)
WEFT_VALUE(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR)
WEFT_VALUE(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR)
WEFT_VALUE(CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_MULTIPROCESSOR)
WEFT_VALUE(CU_DEVICE_ATTRIBUTE_MAX_REGISTERS_PER_MULTIPROCESSOR)
WEFT_VALUE(CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN)
WEFT_VALUE(CU_FUNC_ATTRIBUTE_MAX_THREADS_PER_BLOCK)
WEFT_VALUE(CU_FUNC_ATTRIBUTE_SHARED_SIZE_BYTES)
WEFT_VALUE(CU_FUNC_ATTRIBUTE_LOCAL_SIZE_BYTES)
WEFT_VALUE(CU_FUNC_ATTRIBUTE_NUM_REGS)
WEFT_VALUE(CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES)
WEFT_VALUE(CU_STREAM_NON_BLOCKING)
WEFT_VALUE(CU_EVENT_DEFAULT)
WEFT_VALUE(CU_EVENT_BLOCKING_SYNC)
WEFT_VALUE(CU_EVENT_DISABLE_TIMING)
WEFT_VALUE(CU_STREAM_CAPTURE_MODE_RELAXED)
WEFT_VALUE(CUBLAS_STATUS_SUCCESS)
WEFT_VALUE(CUBLAS_STATUS_NOT_SUPPORTED)
WEFT_VALUE(CUBLAS_OP_N)
WEFT_VALUE(CUBLAS_OP_T)
WEFT_VALUE(CUBLAS_COMPUTE_32F)
WEFT_VALUE(CUBLAS_COMPUTE_64F)
WEFT_VALUE(CUBLAS_COMPUTE_32F_FAST_TF32)
WEFT_VALUE(CUDA_R_32F)
WEFT_VALUE(CUDA_R_64F)
WEFT_VALUE(CUDA_R_16F)
WEFT_VALUE(CUDA_R_16BF)
WEFT_VALUE(CUBLASLT_MATMUL_DESC_TRANSA)
WEFT_VALUE(CUBLASLT_MATMUL_DESC_TRANSB)
WEFT_VALUE(CUBLASLT_MATRIX_LAYOUT_BATCH_COUNT)
WEFT_VALUE(CUBLASLT_MATRIX_LAYOUT_STRIDED_BATCH_OFFSET)
WEFT_VALUE(CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES)
WEFT_VALUE(CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES)
WEFT_VALUE(CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_B_BYTES)
WEFT_VALUE(CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_C_BYTES)
WEFT_VALUE(CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_D_BYTES)
WEFT_VALUE(CU_MEMORYTYPE_HOST)
WEFT_VALUE(CU_MEMORYTYPE_DEVICE)
static_assert(ours::kMemHostAllocPortable == CU_MEMHOSTALLOC_PORTABLE);
WEFT_VALUE(NVRTC_SUCCESS)
WEFT_VALUE(NVRTC_ERROR_OUT_OF_MEMORY)
WEFT_VALUE(NVRTC_ERROR_INVALID_INPUT)
WEFT_VALUE(NVRTC_ERROR_INVALID_PROGRAM)
WEFT_VALUE(NVRTC_ERROR_INVALID_OPTION)
WEFT_VALUE(NVRTC_ERROR_COMPILATION)
WEFT_VALUE(NVRTC_ERROR_BUILTIN_OPERATION_FAILURE)
WEFT_VALUE(NVRTC_ERROR_INTERNAL_ERROR)

#define WEFT_FIELD(ours_type, type, field)                                     \
  static_assert(offsetof(ours::ours_type, field) == offsetof(::type, field) && \
                sizeof(ours::ours_type::field) == sizeof(::type::field));
#define WEFT_SIZE(ours_type, type) static_assert(sizeof(ours::ours_type) == sizeof(::type));
#define WEFT_LAUNCH(field) WEFT_FIELD(CUDA_KERNEL_NODE_PARAMS, CUDA_KERNEL_NODE_PARAMS_v2, field)
WEFT_SIZE(CUDA_KERNEL_NODE_PARAMS, CUDA_KERNEL_NODE_PARAMS_v2)
WEFT_LAUNCH(func)
WEFT_LAUNCH(gridDimX)
WEFT_LAUNCH(gridDimZ)
WEFT_LAUNCH(blockDimX)
WEFT_LAUNCH(blockDimZ)
WEFT_LAUNCH(sharedMemBytes)
WEFT_LAUNCH(kernelParams)
WEFT_LAUNCH(extra)
WEFT_LAUNCH(kern)
WEFT_LAUNCH(ctx)
#define WEFT_COPY(field) WEFT_FIELD(CUDA_MEMCPY3D, CUDA_MEMCPY3D_v2, field)
WEFT_SIZE(CUDA_MEMCPY3D, CUDA_MEMCPY3D_v2)
WEFT_COPY(srcXInBytes)
WEFT_COPY(srcLOD)
WEFT_COPY(srcMemoryType)
WEFT_COPY(srcHost)
WEFT_COPY(srcDevice)
WEFT_COPY(srcArray)
WEFT_COPY(srcPitch)
WEFT_COPY(srcHeight)
WEFT_COPY(dstXInBytes)
WEFT_COPY(dstMemoryType)
WEFT_COPY(dstHost)
WEFT_COPY(dstDevice)
WEFT_COPY(dstArray)
WEFT_COPY(dstPitch)
WEFT_COPY(dstHeight)
WEFT_COPY(WidthInBytes)
WEFT_COPY(Height)
WEFT_COPY(Depth)
#define WEFT_SET(field) WEFT_FIELD(CUDA_MEMSET_NODE_PARAMS, CUDA_MEMSET_NODE_PARAMS_v1, field)
WEFT_SIZE(CUDA_MEMSET_NODE_PARAMS, CUDA_MEMSET_NODE_PARAMS_v1)
WEFT_SET(dst)
WEFT_SET(pitch)
WEFT_SET(value)
WEFT_SET(elementSize)
WEFT_SET(width)
WEFT_SET(height)
WEFT_SIZE(cublasLtMatmulAlgo_t, cublasLtMatmulAlgo_t)
WEFT_SIZE(cublasLtMatmulHeuristicResult_t, cublasLtMatmulHeuristicResult_t)
#define WEFT_RESULT(field) \
  WEFT_FIELD(cublasLtMatmulHeuristicResult_t, cublasLtMatmulHeuristicResult_t, field)
WEFT_RESULT(workspaceSize)
WEFT_RESULT(state)
WEFT_RESULT(wavesCount)
WEFT_SIZE(CUuuid, CUuuid)
WEFT_SIZE(CUdevice, CUdevice)
WEFT_SIZE(CUdeviceptr, CUdeviceptr)
}  // namespace

// The parameters are written in our names.
namespace torch {
namespace runtime {
namespace cuda {
WEFT_CUDA_DRIVER(WEFT_ALIKE)
#define WEFT_ALIKE_NVRTC(name, parameters) \
  static_assert(Alike<nvrtcResult(*) parameters, decltype(&::name)>(), #name);
WEFT_NVRTC(WEFT_ALIKE_NVRTC)
#define WEFT_ALIKE_LT(name, parameters) \
  static_assert(Alike<cublasStatus_t(*) parameters, decltype(&::name)>(), #name);
WEFT_CUBLASLT(WEFT_ALIKE_LT)
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
