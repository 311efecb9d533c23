/// Where bytes live.
#pragma once
#include <cstdint>

namespace c10 {
enum class DeviceType : int8_t { CPU = 0, CUDA = 1, MPS = 13 };
}

namespace torch {
namespace runtime {
struct DeviceId {
  c10::DeviceType type = c10::DeviceType::CPU;
  int8_t index = -1;
  friend bool operator==(DeviceId a, DeviceId b) { return a.type == b.type && a.index == b.index; }
};
}  // namespace runtime
}  // namespace torch
