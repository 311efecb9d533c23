/// Copies on the stream of a device, and beside it.
#pragma once
#include "runtime/cuda/device.h"

namespace torch {
namespace runtime {
namespace cuda {

/// From memory of the host, which may be reused when it returns: it goes through pinned memory.
void copy_from_host(Device& device, void* to, const void* from, size_t bytes);
/// The same, but pinned memory is read when its turn comes.
void copy_from_pinned(Device& device, void* to, const void* from, size_t bytes);
/// To memory of the host, pinned or not; without waiting.
void copy_to_host(Device& device, void* to, const void* from, size_t bytes);
void copy_on(Device& device, void* to, const void* from, size_t bytes);
/// From pinned memory, on a stream of its own: begins when the memory that it comes to is no longer
/// in use, and the device's stream goes on after it.
BufferRef upload(Device& device, const BufferRef& pinned, size_t bytes);
/// To pinned memory, on a stream of its own, after what was enqueued on the device's.
BufferRef download(Device& device, const BufferRef& from, size_t bytes);
/// From device to device, in the order of both streams.
void copy_across(Device& to_device, void* to, Device& from_device, const void* from, size_t bytes);
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
