#include "runtime/cuda/copy.h"

#include <algorithm>
#include <cstring>
#include <deque>

#include "runtime/cuda/heap.h"
#include "runtime/cuda/pinned.h"
#include "runtime/device/blocks.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {

/// Long ones go in pieces: the device copies one while the host fills the next.
constexpr size_t kPiece = size_t(4) << 20;
/// So many may be on their way, so that a long copy behind other work does not pin all of the host.
constexpr size_t kPieces = 16;

/// Waits for the piece that is so many before.
class Throttle {
 public:
  explicit Throttle(Device& device) : device_(device) {}
  ~Throttle() {
    for (CUevent e : events_) device_.recycle(e);
  }
  Throttle(const Throttle&) = delete;
  Throttle& operator=(const Throttle&) = delete;
  void enqueued() {
    events_.push_back(device_.record());
    if (events_.size() <= kPieces) return;
    if (CUresult failed = device_.driver.cuEventSynchronize(events_.front()))
      throw_error(failed, "copying to " + device_.name());
    device_.recycle(events_.front());
    events_.pop_front();
  }

 private:
  Device& device_;
  std::deque<CUevent> events_;
};

CUdeviceptr on(const void* at) { return reinterpret_cast<CUdeviceptr>(at); }
}  // namespace

void copy_from_pinned(Device& device, void* to, const void* from, size_t bytes) {
  device.activate();
  if (CUresult failed = device.driver.cuMemcpyHtoDAsync(on(to), from, bytes, device.stream))
    throw_error(failed, "copying to " + device.name());
  used_by(from, device);
}

void copy_from_host(Device& device, void* to, const void* from, size_t bytes) {
  Throttle throttle(device);
  for (size_t at = 0; at < bytes; at += kPiece) {
    const size_t piece = std::min(kPiece, bytes - at);
    const BufferRef staged = allocate_pinned(piece);
    std::memcpy(staged->data(), static_cast<const char*>(from) + at, piece);
    copy_from_pinned(device, static_cast<char*>(to) + at, staged->data(), piece);
    if (bytes > kPiece) throttle.enqueued();
  }
}

void copy_to_host(Device& device, void* to, const void* from, size_t bytes) {
  device.activate();
  if (CUresult failed = device.driver.cuMemcpyDtoHAsync(to, on(from), bytes, device.stream))
    throw_error(failed, "copying from " + device.name());
  used_by(to, device);
}

BufferRef upload(Device& device, const BufferRef& pinned, size_t bytes) {
  const std::string doing = "copying to " + device.name();
  device.let_go();
  const CUstream stream = device.beside(Device::up);
  const BufferRef there = device.heap().allocate_ahead(bytes, stream);
  if (CUresult failed =
          device.driver.cuMemcpyHtoDAsync(on(there->data()), pinned->data(), bytes, stream))
    throw_error(failed, doing);
  const CUevent arrived = device.record(stream);
  const CUresult failed = device.driver.cuStreamWaitEvent(device.stream, arrived, 0);
  device.hold(arrived, {pinned});
  if (failed) throw_error(failed, doing);
  return there;
}

namespace {
class Arriving : public Arrival {
 public:
  Arriving(Device& device, CUevent arrived) : device_(device), arrived_(arrived) {}
  ~Arriving() override { device_.recycle(arrived_); }
  DeviceId from() const override { return device_.id(); }
  void wait() override { device_.synchronize(arrived_); }
  bool is_there() const override { return device_.driver.cuEventQuery(arrived_) == CUDA_SUCCESS; }

 private:
  Device& device_;
  const CUevent arrived_;
};
}  // namespace

BufferRef download(Device& device, const BufferRef& from, size_t bytes) {
  const std::string doing = "copying from " + device.name();
  device.let_go();
  const BufferRef here = allocate_pinned(bytes);
  const CUstream stream = device.beside(Device::down);
  const CUevent computed = device.record();
  CUresult failed = device.driver.cuStreamWaitEvent(stream, computed, 0);
  device.recycle(computed);
  if (!failed)
    failed = device.driver.cuMemcpyDtoHAsync(here->data(), on(from->data()), bytes, stream);
  if (failed) throw_error(failed, doing);
  device.hold(device.record(stream), {from, here});
  BufferFields::arrival(here.get(), new Arriving(device, device.record(stream)));
  return here;
}

void copy_on(Device& device, void* to, const void* from, size_t bytes) {
  device.activate();
  if (CUresult failed = device.driver.cuMemcpyDtoDAsync(on(to), on(from), bytes, device.stream))
    throw_error(failed, "copying on " + device.name());
}

void copy_across(Device& to_device, void* to, Device& from_device, const void* from, size_t bytes) {
  const Driver& d = to_device.driver;
  const std::string doing = "copying from " + from_device.name() + " to " + to_device.name();
  const CUevent written = from_device.record();
  to_device.activate();
  CUresult failed = d.cuStreamWaitEvent(to_device.stream, written, 0);
  if (!failed)
    failed = d.cuMemcpyPeerAsync(on(to), to_device.context, on(from), from_device.context, bytes,
                                 to_device.stream);
  from_device.recycle(written);
  if (failed) throw_error(failed, doing);
  // What was read may be written over only then.
  const CUevent read = to_device.record();
  from_device.activate();
  failed = d.cuStreamWaitEvent(from_device.stream, read, 0);
  to_device.recycle(read);
  if (failed) throw_error(failed, doing);
}
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
