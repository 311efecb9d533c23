// CUDA as a device of buffers.
#include "runtime/device/backend.h"

#include "runtime/cuda/copy.h"
#include "runtime/cuda/heap.h"
#include "runtime/cuda/pinned.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {

class Backend : public DeviceBackend {
 public:
  DeviceId resolve(int index) override {
    return Device::get(index < 0 ? current_device() : index).id();
  }
  BufferRef allocate(size_t bytes, DeviceId device) override {
    return of(device).heap().allocate(bytes);
  }
  MemoryStatistics memory_statistics(DeviceId device) override {
    return of(device).heap().statistics();
  }
  void reset_peak_memory(DeviceId device) override { of(device).heap().reset_peak(); }
  void empty_cache(DeviceId device) override {
    of(device).let_go(/*all=*/true);
    of(device).heap().empty_cache();
    empty_pinned_cache();
  }
  void synchronize(DeviceId device) override { of(device).synchronize(); }
  BufferRef upload(const BufferRef& pinned, size_t bytes, DeviceId to) override {
    return cuda::upload(of(to), pinned, bytes);
  }
  BufferRef download(const BufferRef& from, size_t bytes) override {
    return cuda::download(of(from->device()), from, bytes);
  }

  void copy(void* to, DeviceId to_device, const void* from, DeviceId from_device, size_t bytes,
            bool blocking) override {
    if (from_device.type == c10::DeviceType::CPU) {
      Device& device = of(to_device);
      if (!blocking && is_pinned(from)) copy_from_pinned(device, to, from, bytes);
      else copy_from_host(device, to, from, bytes);
    } else if (to_device.type == c10::DeviceType::CPU) {
      Device& device = of(from_device);
      copy_to_host(device, to, from, bytes);
      if (blocking || !is_pinned(to)) device.synchronize();
    } else if (Device& source = of(from_device), &target = of(to_device); &source == &target) {
      copy_on(source, to, from, bytes);
    } else {
      copy_across(target, to, source, from, bytes);
    }
  }

 private:
  static Device& of(DeviceId device) {
    return Device::get(device.index < 0 ? current_device() : device.index);
  }
};

[[maybe_unused]] const bool registered = [] {
  register_backend(c10::DeviceType::CUDA, new Backend());
  return true;
}();
}  // namespace
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
