/// Mixed precision: while autocast is on for a kind of device, products of its tensors are computed in
/// a lower precision and what needs range in f32, whatever the program's tensors are.
#pragma once
#include "frontend/tensor/options.h"

namespace at {
namespace autocast {
/// Of this thread. The lower precision is f16 for GPUs and bf16 for the host, unless set.
bool is_autocast_enabled(c10::DeviceType device_type);
void set_autocast_enabled(c10::DeviceType device_type, bool enabled);
c10::ScalarType get_autocast_dtype(c10::DeviceType device_type);
void set_autocast_dtype(c10::DeviceType device_type, c10::ScalarType dtype);
/// Casts are recorded, and equal ones computed once: there is no cache to clear.
inline void clear_cache() {}
int increment_nesting();
int decrement_nesting();
bool is_autocast_cache_enabled();
void set_autocast_cache_enabled(bool enabled);
inline bool is_autocast_available(c10::DeviceType device_type) {
  return device_type == c10::kCPU || device_type == c10::kCUDA;
}

// By their older names
inline bool is_enabled() { return is_autocast_enabled(c10::kCUDA); }
inline void set_enabled(bool enabled) { set_autocast_enabled(c10::kCUDA, enabled); }
inline c10::ScalarType get_autocast_gpu_dtype() { return get_autocast_dtype(c10::kCUDA); }
inline void set_autocast_gpu_dtype(c10::ScalarType dtype) { set_autocast_dtype(c10::kCUDA, dtype); }
inline bool is_cpu_enabled() { return is_autocast_enabled(c10::kCPU); }
inline void set_cpu_enabled(bool enabled) { set_autocast_enabled(c10::kCPU, enabled); }
inline c10::ScalarType get_autocast_cpu_dtype() { return get_autocast_dtype(c10::kCPU); }
inline void set_autocast_cpu_dtype(c10::ScalarType dtype) { set_autocast_dtype(c10::kCPU, dtype); }
}  // namespace autocast
}  // namespace at
