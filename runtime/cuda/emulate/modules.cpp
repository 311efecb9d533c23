// Modules, functions, launches.
#include "runtime/cuda/emulate/driver_state.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace emulate {

CUresult argument_sizes(CUfunction, std::vector<size_t>*) { return CUDA_ERROR_INVALID_HANDLE; }

CUresult cuModuleLoadData(CUmodule*, const void*) { return CUDA_ERROR_INVALID_IMAGE; }
CUresult cuModuleUnload(CUmodule) { return CUDA_ERROR_INVALID_HANDLE; }
CUresult cuModuleGetFunction(CUfunction*, CUmodule, const char*) {
  return CUDA_ERROR_INVALID_HANDLE;
}
CUresult cuFuncGetAttribute(int*, CUfunction_attribute, CUfunction) {
  return CUDA_ERROR_INVALID_HANDLE;
}
CUresult cuFuncSetAttribute(CUfunction, CUfunction_attribute, int) {
  return CUDA_ERROR_INVALID_HANDLE;
}
CUresult cuOccupancyMaxActiveBlocksPerMultiprocessor(int*, CUfunction, int, size_t) {
  return CUDA_ERROR_INVALID_HANDLE;
}
CUresult cuLaunchKernel(CUfunction, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned,
                        unsigned, CUstream, void**, void**) {
  return CUDA_ERROR_INVALID_HANDLE;
}
}  // namespace emulate

const Nvrtc* emulated_nvrtc() {
  static const Nvrtc* table = new Nvrtc();
  return table;
}
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
