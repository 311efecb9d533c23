/// GPUs: which are there, which one is meant, what their memory holds.
#pragma once
#include <optional>
#include <string>

#include "frontend/tensor/device.h"

#define WEFT_DEVICE_WHERE torch::Location where = torch::Location::current()

namespace c10 {
namespace cuda {
/// The number of GPUs that tensors can live on.
DeviceIndex device_count() noexcept;
/// The same; an error that says what is missing where there is none.
DeviceIndex device_count_ensure_non_zero(WEFT_DEVICE_WHERE);
/// Which one "cuda" means to this thread.
DeviceIndex current_device();
void set_device(DeviceIndex device, WEFT_DEVICE_WHERE);
/// Waits until all is done that this thread has recorded before, which is evaluated, and what others
/// launched on the current device. Errors in values that it found are thrown, at the lines of their ops.
void device_synchronize(WEFT_DEVICE_WHERE);
}  // namespace cuda
}  // namespace c10

namespace torch {
namespace cuda {
using c10::cuda::current_device;
using c10::cuda::device_count;
using c10::cuda::set_device;
/// There is a GPU, and what programs for it are compiled with.
bool is_available();
bool cudnn_is_available();
/// Seeds the random numbers of the current GPU, of all.
void manual_seed(uint64_t seed);
void manual_seed_all(uint64_t seed);
/// The same for a device (-1: the current one).
void synchronize(int64_t device_index = -1, WEFT_DEVICE_WHERE);

// By the names that Python has for them
std::string get_device_name(c10::DeviceIndex device = -1, WEFT_DEVICE_WHERE);
/// Bytes that tensors have, the most they had, and those that the allocator holds.
size_t memory_allocated(c10::DeviceIndex device = -1, WEFT_DEVICE_WHERE);
size_t max_memory_allocated(c10::DeviceIndex device = -1, WEFT_DEVICE_WHERE);
size_t memory_reserved(c10::DeviceIndex device = -1, WEFT_DEVICE_WHERE);
/// The most so far is what is allocated now.
void reset_peak_memory_stats(c10::DeviceIndex device = -1, WEFT_DEVICE_WHERE);
/// Gives what no tensor has back to the drivers of all devices.
void empty_cache();
}  // namespace cuda

namespace mps {
/// GPUs of Apple's are none of this library's devices.
bool is_available();
void manual_seed(uint64_t seed);
void synchronize(WEFT_DEVICE_WHERE);
void commit(WEFT_DEVICE_WHERE);
}  // namespace mps
}  // namespace torch
