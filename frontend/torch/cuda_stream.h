/// The order of a GPU's work. Each has one: everything of this library's is done in it.
#pragma once
#include "frontend/torch/device_guard.h"

namespace c10 {
namespace cuda {
class CUDAStream {
 public:
  explicit CUDAStream(DeviceIndex index) : index_(index) {}
  DeviceIndex device_index() const { return index_; }
  Device device() const { return Device(kCUDA, index_); }
  DeviceType device_type() const { return kCUDA; }
  int64_t id() const { return 0; }
  /// The driver's handle, a CUstream.
  void* stream() const;
  operator void*() const { return stream(); }
  void synchronize(WEFT_DEVICE_WHERE) const { torch::cuda::synchronize(index_, where); }
  friend bool operator==(CUDAStream a, CUDAStream b) { return a.index_ == b.index_; }
  friend bool operator!=(CUDAStream a, CUDAStream b) { return !(a == b); }

 private:
  DeviceIndex index_;
};
/// -1 is the current device.
CUDAStream getDefaultCUDAStream(DeviceIndex device_index = -1, WEFT_DEVICE_WHERE);
CUDAStream getCurrentCUDAStream(DeviceIndex device_index = -1, WEFT_DEVICE_WHERE);
inline void setCurrentCUDAStream(CUDAStream) {}

namespace CUDACachingAllocator {
inline void emptyCache() { torch::cuda::empty_cache(); }
inline void resetPeakStats(DeviceIndex device) { torch::cuda::reset_peak_memory_stats(device); }
}  // namespace CUDACachingAllocator
}  // namespace cuda
}  // namespace c10

namespace at {
namespace cuda {
using c10::cuda::CUDAStream;
using c10::cuda::current_device;
using c10::cuda::getCurrentCUDAStream;
using c10::cuda::getDefaultCUDAStream;
using c10::cuda::set_device;
inline int64_t getNumGPUs() { return c10::cuda::device_count(); }
inline bool is_available() { return torch::cuda::is_available(); }
}  // namespace cuda
}  // namespace at
