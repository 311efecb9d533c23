/// The text that every program of kernels begins with: types, accesses, the words for what the
/// machine does (threads, barriers, shuffles, tensor cores), error reports. Two texts, one body:
/// what uses only their functions compiles under NVRTC and under a host compiler and computes the
/// same. Kernels are `extern "C" __global__ void NAME(...)` in one dimension; no headers, no asm,
/// full warps at shuffles, one shared arena (WEFT_SHARED).
#pragma once
#include <string_view>

namespace torch {
namespace runtime {
namespace cuda {
/// For NVRTC: header-free CUDA C++17; what needs sm_80 are templates or inline and costs others
/// nothing.
std::string_view prelude_cuda();
/// For a host compiler (runtime/cuda/emulate).
std::string_view prelude_emulated();
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
