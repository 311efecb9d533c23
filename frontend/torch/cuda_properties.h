/// What GPUs are, and what their allocators hold.
#pragma once
#include <array>

#include "frontend/torch/cuda.h"

namespace at {
namespace cuda {
/// By the names of CUDA's cudaDeviceProp, those of its fields that are known here.
struct DeviceProperties {
  char name[256];
  size_t totalGlobalMem;
  size_t sharedMemPerBlockOptin, sharedMemPerMultiprocessor;
  int regsPerMultiprocessor, warpSize, maxThreadsPerBlock, maxThreadsPerMultiProcessor;
  int major, minor, multiProcessorCount, l2CacheSize;
};
/// Valid as long as the process lives. -1 is the current device.
const DeviceProperties* getDeviceProperties(c10::DeviceIndex device, WEFT_DEVICE_WHERE);
const DeviceProperties* getCurrentDeviceProperties(WEFT_DEVICE_WHERE);
int warp_size(WEFT_DEVICE_WHERE);
inline int64_t getNumGPUs() { return c10::cuda::device_count(); }
inline bool is_available() { return torch::cuda::is_available(); }
}  // namespace cuda
}  // namespace at

namespace c10 {
namespace CachingDeviceAllocator {
/// Of all sizes together.
enum struct StatType : uint64_t { AGGREGATE = 0, NUM_TYPES = 1 };
struct Stat {
  int64_t current = 0, peak = 0;
};
struct Current {
  int64_t current = 0;
};
/// In bytes: what tensors have, and what the allocator holds with what it keeps for them.
struct DeviceStats {
  std::array<Stat, 1> allocated_bytes;
  std::array<Current, 1> reserved_bytes;
};
}  // namespace CachingDeviceAllocator

namespace cuda {
namespace CUDACachingAllocator {
using CachingDeviceAllocator::DeviceStats;
using CachingDeviceAllocator::StatType;
/// Gives what no tensor has back to the drivers of all devices.
inline void emptyCache() { torch::cuda::empty_cache(); }
DeviceStats getDeviceStats(DeviceIndex device, WEFT_DEVICE_WHERE);
inline void resetPeakStats(DeviceIndex device, WEFT_DEVICE_WHERE) {
  torch::cuda::reset_peak_memory_stats(device, where);
}
}  // namespace CUDACachingAllocator
}  // namespace cuda
}  // namespace c10
