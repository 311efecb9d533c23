/// While it lives "cuda" means a GPU to this thread; then again the one before.
#pragma once
#include "frontend/tensor/tensor.h"
#include "frontend/torch/cuda.h"

namespace c10 {
class DeviceGuard {
 public:
  /// Nothing for devices that are no GPUs.
  explicit DeviceGuard(Device device);
  ~DeviceGuard();
  DeviceGuard(const DeviceGuard&) = delete;
  DeviceGuard& operator=(const DeviceGuard&) = delete;
  void reset_device(Device device);
  void set_index(DeviceIndex index) { reset_device(Device(current_.type(), index)); }
  Device original_device() const { return original_; }
  Device current_device() const { return current_; }

 private:
  Device original_, current_;
};

class OptionalDeviceGuard {
 public:
  explicit OptionalDeviceGuard() = default;
  explicit OptionalDeviceGuard(Device device) { reset_device(device); }
  explicit OptionalDeviceGuard(std::optional<Device> device) {
    if (device) reset_device(*device);
  }
  OptionalDeviceGuard(const OptionalDeviceGuard&) = delete;
  void reset_device(Device device) {
    if (guard_) guard_->reset_device(device);
    else guard_.emplace(device);
  }
  void reset() { guard_.reset(); }
  std::optional<Device> original_device() const { return of(&DeviceGuard::original_device); }
  std::optional<Device> current_device() const { return of(&DeviceGuard::current_device); }

 private:
  std::optional<Device> of(Device (DeviceGuard::*which)() const) const {
    return guard_ ? std::optional<Device>((*guard_.*which)()) : std::nullopt;
  }
  std::optional<DeviceGuard> guard_;
};

namespace cuda {
class CUDAGuard : public DeviceGuard {
 public:
  explicit CUDAGuard(DeviceIndex index) : DeviceGuard(Device(kCUDA, index)) {}
  explicit CUDAGuard(Device device) : DeviceGuard(checked(device)) {}
  void set_device(Device device) { DeviceGuard::reset_device(checked(device)); }
  void reset_device(Device device) { DeviceGuard::reset_device(checked(device)); }
  static Device checked(Device device, WEFT_DEVICE_WHERE);
};

class OptionalCUDAGuard : public OptionalDeviceGuard {
 public:
  explicit OptionalCUDAGuard() = default;
  explicit OptionalCUDAGuard(DeviceIndex index) : OptionalDeviceGuard(Device(kCUDA, index)) {}
  explicit OptionalCUDAGuard(std::optional<Device> device) {
    if (device) set_device(*device);
  }
  void set_device(Device device) { reset_device(CUDAGuard::checked(device)); }
  void set_index(DeviceIndex index) { set_device(Device(kCUDA, index)); }
};
}  // namespace cuda
}  // namespace c10

namespace at {
using c10::DeviceGuard;
using c10::OptionalDeviceGuard;
/// For an OptionalDeviceGuard: of a tensor that is defined, of the first of a list.
inline std::optional<c10::Device> device_of(const torch::Tensor& t) {
  return t.defined() ? std::optional<c10::Device>(t.device()) : std::nullopt;
}
inline std::optional<c10::Device> device_of(const std::optional<torch::Tensor>& t) {
  return t ? device_of(*t) : std::nullopt;
}
inline std::optional<c10::Device> device_of(torch::TensorList list) {
  return list.empty() ? std::nullopt : device_of(list[0]);
}
}  // namespace at
