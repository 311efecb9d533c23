/// Where bytes live.
#pragma once
#include <cstdint>

namespace c10 {
/// libtorch's kinds, by its numbers; those that this build can have are runtime/device's matter.
enum class DeviceType : int8_t {
  CPU = 0, CUDA = 1, MKLDNN = 2, OPENGL = 3, OPENCL = 4, IDEEP = 5, HIP = 6, FPGA = 7, MAIA = 8,
  XLA = 9, Vulkan = 10, Metal = 11, XPU = 12, MPS = 13, Meta = 14, HPU = 15, VE = 16, Lazy = 17,
  IPU = 18, MTIA = 19, PrivateUse1 = 20
};
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
