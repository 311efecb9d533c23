/// Where a value lives, in one byte: on the host, on one of the GPUs, or nowhere in particular, as
/// numbers and what is made of numbers alone: that is made where it is used.
#pragma once
#include <cstdint>

#include "runtime/device/device.h"

namespace torch {
namespace record {

using Home = uint8_t;
constexpr Home kAnywhere = 0, kHost = 1, kFirstGpu = 2;

inline Home home_of(runtime::DeviceId device) {
  return device.type == c10::DeviceType::CPU ? kHost : static_cast<Home>(kFirstGpu + device.index);
}
inline runtime::DeviceId device_of(Home home) {
  if (home < kFirstGpu) return {};
  return {c10::DeviceType::CUDA, static_cast<int8_t>(home - kFirstGpu)};
}
inline bool is_gpu(Home home) { return home >= kFirstGpu; }
/// Which homes there are among several values, a bit each.
using Homes = uint64_t;
inline Homes bit_of(Home home) { return Homes(1) << home; }
inline Homes placed(Homes homes) { return homes & ~bit_of(kAnywhere); }
inline bool differ(Homes homes) { return placed(homes) & (placed(homes) - 1); }
/// The one home among them; kAnywhere where there is none.
inline Home only(Homes homes) {
  return placed(homes) ? static_cast<Home>(__builtin_ctzll(placed(homes))) : kAnywhere;
}
}  // namespace record
}  // namespace torch
