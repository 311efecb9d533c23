/// Streams of GPUs. All that a GPU does for this library is done in one order, whatever streams a
/// program makes: an order that streams allow, so that programs that use several are right, and as
/// fast as if they used one.
#pragma once
#include "frontend/torch/cuda.h"

namespace c10 {
using StreamId = int64_t;

/// A stream of some device.
class Stream final {
 public:
  enum Unsafe { UNSAFE };
  enum Default { DEFAULT };
  explicit Stream(Unsafe, Device device, StreamId id) : device_(device), id_(id) {}
  explicit Stream(Default, Device device) : device_(device), id_(0) {}
  Device device() const noexcept { return device_; }
  DeviceType device_type() const noexcept { return device_.type(); }
  DeviceIndex device_index() const noexcept { return device_.index(); }
  StreamId id() const noexcept { return id_; }
  bool operator==(const Stream& o) const noexcept { return device_ == o.device_ && id_ == o.id_; }
  bool operator!=(const Stream& o) const noexcept { return !(*this == o); }

 private:
  Device device_;
  StreamId id_;
};

namespace cuda {
class CUDAStream {
 public:
  explicit CUDAStream(Stream stream, WEFT_DEVICE_WHERE);
  DeviceIndex device_index() const { return stream_.device_index(); }
  Device device() const { return stream_.device(); }
  DeviceType device_type() const { return kCUDA; }
  StreamId id() const { return stream_.id(); }
  Stream unwrap() const { return stream_; }
  operator Stream() const { return stream_; }
  /// The driver's handle, a CUstream: what a program enqueues there itself comes after what it has
  /// evaluated before.
  void* stream() const;
  operator void*() const { return stream(); }
  /// Whether all is done that was recorded before, which is evaluated.
  bool query(WEFT_DEVICE_WHERE) const;
  /// Waits for it.
  void synchronize(WEFT_DEVICE_WHERE) const { torch::cuda::synchronize(device_index(), where); }
  friend bool operator==(const CUDAStream& a, const CUDAStream& b) {
    return a.stream_ == b.stream_;
  }
  friend bool operator!=(const CUDAStream& a, const CUDAStream& b) { return !(a == b); }

 private:
  Stream stream_;
};

/// -1 is the current device.
CUDAStream getDefaultCUDAStream(DeviceIndex device_index = -1, WEFT_DEVICE_WHERE);
/// The calling thread's: the default one, unless it was set.
CUDAStream getCurrentCUDAStream(DeviceIndex device_index = -1, WEFT_DEVICE_WHERE);
void setCurrentCUDAStream(CUDAStream stream);
/// One of 32 others in turn. There is nothing for a priority to decide.
CUDAStream getStreamFromPool(bool is_high_priority = false, DeviceIndex device_index = -1,
                             WEFT_DEVICE_WHERE);
CUDAStream getStreamFromPool(int priority, DeviceIndex device_index = -1, WEFT_DEVICE_WHERE);
std::ostream& operator<<(std::ostream& out, const CUDAStream& stream);
}  // namespace cuda
}  // namespace c10

namespace at {
using c10::Stream;
namespace cuda {
using c10::cuda::CUDAStream;
using c10::cuda::current_device;
using c10::cuda::getCurrentCUDAStream;
using c10::cuda::getDefaultCUDAStream;
using c10::cuda::getStreamFromPool;
using c10::cuda::set_device;
using c10::cuda::setCurrentCUDAStream;
}  // namespace cuda
}  // namespace at

template <> struct std::hash<c10::Stream> {
  size_t operator()(const c10::Stream& s) const noexcept {
    return std::hash<c10::Device>()(s.device()) * 64 + static_cast<size_t>(s.id());
  }
};
template <> struct std::hash<c10::cuda::CUDAStream> {
  size_t operator()(const c10::cuda::CUDAStream& s) const noexcept {
    return std::hash<c10::Stream>()(s.unwrap());
  }
};
