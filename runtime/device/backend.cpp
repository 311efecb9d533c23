#include "runtime/device/backend.h"

#include <atomic>
#include <cstring>
#include <string>

#include "runtime/device/copy.h"

namespace torch {
namespace runtime {
namespace {
constexpr size_t kTypes = 32;
constinit std::atomic<DeviceBackend*> backends[kTypes] = {};

bool is_cpu(DeviceId device) { return device.type == c10::DeviceType::CPU; }
}  // namespace

void register_backend(c10::DeviceType type, DeviceBackend* backend) {
  backends[static_cast<size_t>(type)] = backend;
}

DeviceBackend& backend(c10::DeviceType type) {
  const auto number = static_cast<size_t>(type);
  DeviceBackend* found = number < kTypes ? backends[number].load() : nullptr;
  if (!found)
    throw std::invalid_argument("this build has no memory of device type " +
                                std::to_string(static_cast<int>(type)));
  return *found;
}

void copy(void* to, DeviceId to_device, const void* from, DeviceId from_device, size_t bytes,
          bool blocking) {
  if (bytes == 0) return;
  if (is_cpu(to_device) && is_cpu(from_device)) {
    std::memmove(to, from, bytes);
    return;
  }
  backend(is_cpu(to_device) ? from_device.type : to_device.type)
      .copy(to, to_device, from, from_device, bytes, blocking);
}

BufferRef upload(const BufferRef& pinned, size_t bytes, DeviceId to) {
  DeviceBackend& b = backend(to.type);
  return b.upload(pinned, bytes, b.resolve(to.index));
}
BufferRef download(const BufferRef& from, size_t bytes) {
  return backend(from->device().type).download(from, bytes);
}

void synchronize(DeviceId device) {
  if (is_cpu(device)) return;
  DeviceBackend& b = backend(device.type);
  b.synchronize(b.resolve(device.index));
}
}  // namespace runtime
}  // namespace torch
