/// What a kind of device other than the CPU does for buffers. It registers itself; runtime/device
/// knows none.
#pragma once
#include "runtime/device/buffer.h"

namespace torch {
namespace runtime {

class DeviceBackend {
 public:
  virtual ~DeviceBackend() = default;
  /// Throws std::runtime_error that says why there is no such device. `index` -1 is the calling
  /// thread's current one.
  virtual DeviceId resolve(int index) = 0;
  // The devices of these are resolved.
  virtual BufferRef allocate(size_t bytes, DeviceId device) = 0;
  virtual MemoryStatistics memory_statistics(DeviceId device) = 0;
  virtual void reset_peak_memory(DeviceId device) = 0;
  virtual void empty_cache(DeviceId device) = 0;
  /// At least one of both is of this kind, the other of this kind or the CPU.
  virtual void copy(void* to, DeviceId to_device, const void* from, DeviceId from_device,
                    size_t bytes, bool blocking) = 0;
  virtual BufferRef upload(const BufferRef& pinned, size_t bytes, DeviceId to) = 0;
  virtual BufferRef download(const BufferRef& from, size_t bytes) = 0;
  virtual void synchronize(DeviceId device) = 0;
};
/// Lives as long as the process.
void register_backend(c10::DeviceType type, DeviceBackend* backend);
/// Throws std::invalid_argument when this build has none.
DeviceBackend& backend(c10::DeviceType type);
}  // namespace runtime
}  // namespace torch
