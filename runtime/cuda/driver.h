/// The CUDA driver: a table of the functions that we call, filled when a GPU is first asked for.
#pragma once
#include <stdexcept>
#include <string>
#include <vector>

#include "runtime/cuda/api.h"

// Name, the symbol that has the ABI which we declare, parameters.
#define WEFT_CUDA_DRIVER(X)                                                                        \
  X(cuInit, cuInit, (unsigned flags))                                                              \
  X(cuDriverGetVersion, cuDriverGetVersion, (int* version))                                        \
  X(cuGetErrorName, cuGetErrorName, (CUresult error, const char** text))                           \
  X(cuGetErrorString, cuGetErrorString, (CUresult error, const char** text))                       \
  X(cuDeviceGetCount, cuDeviceGetCount, (int* count))                                              \
  X(cuDeviceGet, cuDeviceGet, (CUdevice * device, int ordinal))                                    \
  X(cuDeviceGetName, cuDeviceGetName, (char* name, int length, CUdevice device))                   \
  X(cuDeviceGetAttribute, cuDeviceGetAttribute,                                                    \
    (int* value, CUdevice_attribute attribute, CUdevice device))                                   \
  X(cuDeviceGetUuid, cuDeviceGetUuid_v2, (CUuuid * uuid, CUdevice device))                         \
  X(cuDeviceTotalMem, cuDeviceTotalMem_v2, (size_t* bytes, CUdevice device))                       \
  X(cuDevicePrimaryCtxRetain, cuDevicePrimaryCtxRetain, (CUcontext * context, CUdevice device))    \
  X(cuCtxSetCurrent, cuCtxSetCurrent, (CUcontext context))                                         \
  X(cuCtxGetCurrent, cuCtxGetCurrent, (CUcontext * context))                                       \
  X(cuModuleLoadData, cuModuleLoadData, (CUmodule * module, const void* image))                    \
  X(cuModuleUnload, cuModuleUnload, (CUmodule module))                                             \
  X(cuModuleGetFunction, cuModuleGetFunction,                                                      \
    (CUfunction * function, CUmodule module, const char* name))                                    \
  X(cuFuncGetAttribute, cuFuncGetAttribute,                                                        \
    (int* value, CUfunction_attribute attribute, CUfunction function))                             \
  X(cuFuncSetAttribute, cuFuncSetAttribute,                                                        \
    (CUfunction function, CUfunction_attribute attribute, int value))                              \
  X(cuOccupancyMaxActiveBlocksPerMultiprocessor, cuOccupancyMaxActiveBlocksPerMultiprocessor,      \
    (int* blocks, CUfunction function, int threads, size_t shared_bytes))                          \
  X(cuLaunchKernel, cuLaunchKernel,                                                                \
    (CUfunction function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x,     \
     unsigned block_y, unsigned block_z, unsigned shared_bytes, CUstream stream,                   \
     void** parameters, void** extra))                                                             \
  X(cuMemAlloc, cuMemAlloc_v2, (CUdeviceptr * at, size_t bytes))                                   \
  X(cuMemFree, cuMemFree_v2, (CUdeviceptr at))                                                     \
  X(cuMemGetInfo, cuMemGetInfo_v2, (size_t* free, size_t* total))                                  \
  X(cuMemHostAlloc, cuMemHostAlloc, (void** at, size_t bytes, unsigned flags))                     \
  X(cuMemFreeHost, cuMemFreeHost, (void* at))                                                      \
  X(cuMemcpyHtoDAsync, cuMemcpyHtoDAsync_v2,                                                       \
    (CUdeviceptr to, const void* from, size_t bytes, CUstream stream))                             \
  X(cuMemcpyDtoHAsync, cuMemcpyDtoHAsync_v2,                                                       \
    (void* to, CUdeviceptr from, size_t bytes, CUstream stream))                                   \
  X(cuMemcpyDtoDAsync, cuMemcpyDtoDAsync_v2,                                                       \
    (CUdeviceptr to, CUdeviceptr from, size_t bytes, CUstream stream))                             \
  X(cuMemcpyPeerAsync, cuMemcpyPeerAsync,                                                          \
    (CUdeviceptr to, CUcontext to_context, CUdeviceptr from, CUcontext from_context, size_t bytes, \
     CUstream stream))                                                                             \
  X(cuMemsetD8Async, cuMemsetD8Async,                                                              \
    (CUdeviceptr to, unsigned char value, size_t count, CUstream stream))                          \
  X(cuStreamCreate, cuStreamCreate, (CUstream * stream, unsigned flags))                           \
  X(cuStreamDestroy, cuStreamDestroy_v2, (CUstream stream))                                        \
  X(cuStreamSynchronize, cuStreamSynchronize, (CUstream stream))                                   \
  X(cuStreamQuery, cuStreamQuery, (CUstream stream))                                               \
  X(cuStreamWaitEvent, cuStreamWaitEvent, (CUstream stream, CUevent event, unsigned flags))        \
  X(cuEventCreate, cuEventCreate, (CUevent * event, unsigned flags))                               \
  X(cuEventDestroy, cuEventDestroy_v2, (CUevent event))                                            \
  X(cuEventRecord, cuEventRecord, (CUevent event, CUstream stream))                                \
  X(cuEventSynchronize, cuEventSynchronize, (CUevent event))                                       \
  X(cuEventQuery, cuEventQuery, (CUevent event))                                                   \
  X(cuEventElapsedTime, cuEventElapsedTime, (float* ms, CUevent begin, CUevent end))               \
  X(cuGraphCreate, cuGraphCreate, (CUgraph * graph, unsigned flags))                               \
  X(cuGraphDestroy, cuGraphDestroy, (CUgraph graph))                                               \
  X(cuGraphAddKernelNode, cuGraphAddKernelNode_v2,                                                 \
    (CUgraphNode * node, CUgraph graph, const CUgraphNode* after, size_t count,                    \
     const CUDA_KERNEL_NODE_PARAMS* parameters))                                                   \
  X(cuGraphAddMemcpyNode, cuGraphAddMemcpyNode,                                                    \
    (CUgraphNode * node, CUgraph graph, const CUgraphNode* after, size_t count,                    \
     const CUDA_MEMCPY3D* parameters, CUcontext context))                                          \
  X(cuGraphAddMemsetNode, cuGraphAddMemsetNode,                                                    \
    (CUgraphNode * node, CUgraph graph, const CUgraphNode* after, size_t count,                    \
     const CUDA_MEMSET_NODE_PARAMS* parameters, CUcontext context))                                \
  X(cuGraphAddChildGraphNode, cuGraphAddChildGraphNode,                                            \
    (CUgraphNode * node, CUgraph graph, const CUgraphNode* after, size_t count, CUgraph child))    \
  X(cuGraphExecChildGraphNodeSetParams, cuGraphExecChildGraphNodeSetParams,                        \
    (CUgraphExec exec, CUgraphNode node, CUgraph child))                                           \
  X(cuStreamBeginCapture, cuStreamBeginCapture_v2, (CUstream stream, CUstreamCaptureMode mode))    \
  X(cuStreamEndCapture, cuStreamEndCapture, (CUstream stream, CUgraph * graph))                    \
  X(cuGraphInstantiate, cuGraphInstantiateWithFlags,                                               \
    (CUgraphExec * exec, CUgraph graph, unsigned long long flags))                                 \
  X(cuGraphExecKernelNodeSetParams, cuGraphExecKernelNodeSetParams_v2,                             \
    (CUgraphExec exec, CUgraphNode node, const CUDA_KERNEL_NODE_PARAMS* parameters))               \
  X(cuGraphExecMemcpyNodeSetParams, cuGraphExecMemcpyNodeSetParams,                                \
    (CUgraphExec exec, CUgraphNode node, const CUDA_MEMCPY3D* parameters, CUcontext context))      \
  X(cuGraphExecMemsetNodeSetParams, cuGraphExecMemsetNodeSetParams,                                \
    (CUgraphExec exec, CUgraphNode node, const CUDA_MEMSET_NODE_PARAMS* parameters,                \
     CUcontext context))                                                                           \
  X(cuGraphNodeSetEnabled, cuGraphNodeSetEnabled,                                                  \
    (CUgraphExec exec, CUgraphNode node, unsigned enabled))                                        \
  X(cuGraphExecDestroy, cuGraphExecDestroy, (CUgraphExec exec))                                    \
  X(cuGraphLaunch, cuGraphLaunch, (CUgraphExec exec, CUstream stream))                             \
  X(cuGraphUpload, cuGraphUpload, (CUgraphExec exec, CUstream stream))

namespace torch {
namespace runtime {
namespace cuda {

struct Driver {
#define WEFT_MEMBER(name, symbol, parameters) CUresult(*name) parameters = nullptr;
  WEFT_CUDA_DRIVER(WEFT_MEMBER)
#undef WEFT_MEMBER
};

/// The driver, when there is one with a device, and NVRTC, without which neither is of use; null:
/// absence() says why. Looked for once, at the first call; WEFT_CUDA=emulate: the emulated one.
const Driver* driver();
/// Which of driver, device, NVRTC is missing, in a sentence; empty when none is.
const std::string& absence();
/// driver(), or an exception that says absence().
const Driver& required_driver();

/// A driver's table from the first of these libraries that is there, initialised; or why not.
struct FoundDriver {
  const Driver* driver = nullptr;
  std::string absence;
};
FoundDriver find_driver(const std::vector<std::string>& libraries);

/// What the driver refused, or found out about earlier work.
struct Error : std::runtime_error {
  Error(CUresult code, const std::string& what) : std::runtime_error(what), code(code) {}
  CUresult code;
};
/// "CUDA error: an illegal memory access was encountered (CUDA_ERROR_ILLEGAL_ADDRESS)".
std::string error_text(const Driver& driver, CUresult code);
/// Throws Error unless the call succeeded; `doing`: what we were at, "copying to cuda:0".
[[noreturn]] void throw_error(CUresult code, const std::string& doing);
inline void check(CUresult code, const char* doing) {
  if (code != CUDA_SUCCESS) throw_error(code, doing);
}
/// Prints a line of WEFT_LOG=cuda.
void log(const std::string& line);
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
