/// Memory of the host that a device reads and writes by itself, cached.
#pragma once
#include "runtime/cuda/device.h"
#include "runtime/device/buffer.h"

namespace torch {
namespace runtime {
namespace cuda {

/// Throws OutOfMemory; std::runtime_error without a device. The buffer's device is the CPU.
BufferRef allocate_pinned(size_t bytes);
/// Whether an address lies in such memory.
bool is_pinned(const void* at);
/// Memory at `at` (pinned, or this does nothing) is in use by all that is enqueued on `device` so
/// far: it is not handed out again before that is done.
void used_by(const void* at, Device& device);
/// Gives what nobody has back to the driver.
void empty_pinned_cache();
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
