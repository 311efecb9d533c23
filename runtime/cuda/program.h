/// CUDA C++ to machine code, by NVRTC.
#pragma once
#include <string>
#include <vector>

#include "runtime/cuda/nvrtc.h"

namespace torch {
namespace runtime {
namespace cuda {

/// A kernel's name and the text that defines it: `extern "C" __global__ void NAME(...)`, in the
/// words of the prelude.
struct KernelSource {
  std::string name, text;
};

/// What ptxas says that a kernel takes.
struct Resources {
  std::string name;
  int registers = 0, stack_bytes = 0, spill_store_bytes = 0, spill_load_bytes = 0;
  int shared_bytes = 0;  // of those that are not given at the launch
};

struct Compiled {
  std::string image;  // a cubin; PTX for compute_XY
  std::string log;
  std::vector<Resources> resources;
};

/// All kernels as one program, for "sm_80", "sm_90a", "compute_120" ... Needs no device. Throws
/// std::runtime_error with what NVRTC says.
Compiled compile_for(const std::string& arch, const std::vector<KernelSource>& kernels);
Compiled compile_for(const Nvrtc& nvrtc, const std::string& arch,
                     const std::vector<KernelSource>& kernels);

/// The text that NVRTC gets: the prelude, then the kernels.
std::string program_text(const std::vector<KernelSource>& kernels);
std::vector<std::string> compile_options(const std::string& arch);

/// What NVRTC compiles for a device of that capability: its own architecture, or, when it is newer
/// than NVRTC, the newest one's PTX. Throws std::runtime_error when it is too old.
std::string arch_for(const Nvrtc& nvrtc, int major, int minor);
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
