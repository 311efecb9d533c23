/// Where a tensor lives.
#pragma once
#include <iosfwd>
#include <string>

#include "frontend/tensor/location.h"
#include "runtime/device/device.h"

namespace c10 {
constexpr DeviceType kCPU = DeviceType::CPU, kCUDA = DeviceType::CUDA, kMPS = DeviceType::MPS,
                     kHIP = DeviceType::HIP, kXLA = DeviceType::XLA, kXPU = DeviceType::XPU,
                     kMeta = DeviceType::Meta;
using DeviceIndex = int8_t;

/// A kind of device and which one of them (-1: the current one).
class Device {
 public:
  Device(DeviceType type, DeviceIndex index = -1);
  /// "cpu", "cuda" or "cuda:1".
  Device(const std::string& name);
  Device(const char* name) : Device(std::string(name)) {}
  DeviceType type() const { return type_; }
  DeviceIndex index() const { return index_; }
  bool has_index() const { return index_ != -1; }
  void set_index(DeviceIndex index) { index_ = index; }
  bool is_cpu() const { return type_ == DeviceType::CPU; }
  bool is_cuda() const { return type_ == DeviceType::CUDA; }
  bool is_mps() const { return type_ == DeviceType::MPS; }
  bool is_hip() const { return type_ == DeviceType::HIP; }
  bool is_xla() const { return type_ == DeviceType::XLA; }
  bool is_xpu() const { return type_ == DeviceType::XPU; }
  bool is_meta() const { return type_ == DeviceType::Meta; }
  std::string str() const;
  friend bool operator==(const Device& a, const Device& b) {
    return a.type_ == b.type_ && a.index_ == b.index_;
  }
  friend bool operator!=(const Device& a, const Device& b) { return !(a == b); }

 private:
  DeviceType type_;
  DeviceIndex index_;
};
/// "CPU"; lower case on request.
std::string DeviceTypeName(DeviceType type, bool lower_case = false);
std::ostream& operator<<(std::ostream& out, DeviceType type);
std::ostream& operator<<(std::ostream& out, const Device& device);
}  // namespace c10

template <> struct std::hash<c10::Device> {
  size_t operator()(c10::Device d) const noexcept {
    return static_cast<size_t>(d.type()) << 16 | static_cast<uint8_t>(d.index());
  }
};
