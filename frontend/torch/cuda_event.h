/// Points in what a GPU does.
#pragma once
#include <optional>

#include "frontend/torch/cuda_stream.h"

// CUDA's flags of events, as its headers define them.
#ifndef cudaEventDefault
#define cudaEventDefault 0x00
#define cudaEventBlockingSync 0x01
#define cudaEventDisableTiming 0x02
#endif

namespace c10 {
namespace cuda {
/// Made where it is first recorded, of that device. What a program writes down is done later:
/// recording an event is a barrier, which evaluates what the thread has recorded before, so that the
/// event comes after it.
class CUDAEvent {
 public:
  CUDAEvent() noexcept = default;
  CUDAEvent(unsigned flags) noexcept : flags_(flags) {}
  ~CUDAEvent();
  CUDAEvent(const CUDAEvent&) = delete;
  CUDAEvent& operator=(const CUDAEvent&) = delete;
  CUDAEvent(CUDAEvent&& other) noexcept { swap(other); }
  CUDAEvent& operator=(CUDAEvent&& other) noexcept {
    swap(other);
    return *this;
  }
  friend bool operator<(const CUDAEvent& a, const CUDAEvent& b) { return a.event_ < b.event_; }

  bool isCreated() const { return event_ != nullptr; }
  std::optional<Device> device() const {
    return event_ ? std::optional<Device>(Device(kCUDA, device_)) : std::nullopt;
  }
  DeviceIndex device_index() const { return device_; }
  /// The driver's handle, a CUevent.
  void* event() const { return event_; }
  operator void*() const { return event_; }

  void record(WEFT_DEVICE_WHERE) { record(getCurrentCUDAStream(-1, where), where); }
  void record(const CUDAStream& stream, WEFT_DEVICE_WHERE);
  void recordOnce(const CUDAStream& stream, WEFT_DEVICE_WHERE) {
    if (!event_) record(stream, where);
  }
  /// Makes what comes next in the stream wait for the event.
  void block(const CUDAStream& stream, WEFT_DEVICE_WHERE) const;
  /// Whether it is over, or was never recorded.
  bool query(WEFT_DEVICE_WHERE) const;
  /// Waits until it is over. Errors in values found until then are thrown, at the lines of their ops.
  void synchronize(WEFT_DEVICE_WHERE) const;
  /// Milliseconds from this event to a later one. Both are over, of cudaEventDefault.
  float elapsed_time(const CUDAEvent& later, WEFT_DEVICE_WHERE) const;

 private:
  void swap(CUDAEvent& other) noexcept {
    std::swap(flags_, other.flags_);
    std::swap(device_, other.device_);
    std::swap(event_, other.event_);
  }
  unsigned flags_ = cudaEventDisableTiming;
  DeviceIndex device_ = -1;
  void* event_ = nullptr;
};
}  // namespace cuda
}  // namespace c10

namespace at {
namespace cuda {
using c10::cuda::CUDAEvent;
}
}  // namespace at
