/// Kernels of a device: their text compiled (or found on disk), loaded, ready to be launched.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "runtime/cuda/program.h"

namespace torch {
namespace runtime {
namespace cuda {

struct LoadedKernel {
  void* function = nullptr;  // a CUfunction
  void* many = nullptr;      // NAME_many's, where the text has one
  std::shared_ptr<void> keep_alive;
  int registers = 0, spill_bytes = 0, static_shared_bytes = 0;
};
/// Thread safe; many are compiled in parallel, several in a program. Functions may be launched with
/// as much shared memory as the device gives a block. Throws std::runtime_error with NVRTC's words.
std::vector<LoadedKernel> load(int device, const std::vector<KernelSource>& kernels);

/// Of this process.
struct LoadStatistics {
  size_t compiled = 0, programs = 0, found_on_disk = 0;
};
LoadStatistics load_statistics();
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
