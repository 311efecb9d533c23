/// Bytes from device to device.
#pragma once
#include <cstddef>

#include "runtime/device/buffer.h"

namespace torch {
namespace runtime {

/// In the order of what was given to the devices before. From the host: `from` may be reused when
/// it returns, unless it is not `blocking` and the memory is pinned. To the host: the bytes are
/// there when it returns, unless it is not `blocking` and the memory is pinned; errors in values
/// that were found meanwhile are thrown.
void copy(void* to, DeviceId to_device, const void* from, DeviceId from_device, size_t bytes,
          bool blocking = true);
/// Memory of the device with the bytes of pinned memory. They go there beside what the device
/// computes; what is given to it from now on comes after them.
BufferRef upload(const BufferRef& pinned, size_t bytes, DeviceId to);
/// Pinned memory that the device's bytes, as they are when all that was given to it is done, come to
/// beside what it computes from now on. Buffer::data() waits for them.
BufferRef download(const BufferRef& from, size_t bytes);
/// Waits until all that was given to the device is done, and throws the errors in values that it
/// found. Nothing for the CPU.
void synchronize(DeviceId device);
}  // namespace runtime
}  // namespace torch
