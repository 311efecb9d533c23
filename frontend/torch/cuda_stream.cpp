// Streams and events of GPUs.
#include <ostream>
#include <vector>

#include "frontend/record/at_line.h"
#include "frontend/record/evaluate.h"
#include "frontend/record/ledger_inside.h"
#include "frontend/record/transfer.h"
#include "frontend/torch/cuda_event.h"
#include "frontend/torch/gpu_inside.h"
#include "runtime/cuda/device.h"

using torch::Location;
using torch::refuse;
namespace record = torch::record;

namespace c10 {
namespace cuda {
namespace {
constexpr StreamId kPool = 32;

// This thread's, by device; 0 is the default one.
StreamId& current_of(DeviceIndex device) {
  thread_local std::vector<StreamId> ids;
  const auto at = static_cast<size_t>(device);
  if (ids.size() <= at) ids.resize(at + 1);
  return ids[at];
}
CUDAStream stream_of(DeviceIndex device, StreamId id) {
  return CUDAStream(Stream(Stream::UNSAFE, Device(kCUDA, device), id));
}
torch::runtime::cuda::Device& device_of(DeviceIndex index) {
  return torch::runtime::cuda::Device::get(index);
}
auto handle(void* event) { return static_cast<torch::runtime::cuda::CUevent>(event); }
}  // namespace

CUDAStream::CUDAStream(Stream stream, Location where) : stream_(stream) {
  if (stream.device_type() != kCUDA)
    refuse(where, "CUDAStream", "Expected a stream of a CUDA device, but got one of ",
           stream.device());
}
void* CUDAStream::stream() const { return device_of(device_index()).stream; }
bool CUDAStream::query(Location where) const {
  record::evaluate_all({"CUDAStream::query", where});
  return record::at_line(where, [&] { return device_of(device_index()).idle(); });
}

CUDAStream getDefaultCUDAStream(DeviceIndex index, Location where) {
  return stream_of(torch::gpu(index, "getDefaultCUDAStream", where).index, 0);
}
CUDAStream getCurrentCUDAStream(DeviceIndex index, Location where) {
  const DeviceIndex device = torch::gpu(index, "getCurrentCUDAStream", where).index;
  return stream_of(device, current_of(device));
}
void setCurrentCUDAStream(CUDAStream stream) { current_of(stream.device_index()) = stream.id(); }
CUDAStream getStreamFromPool(bool, DeviceIndex index, Location where) {
  static std::atomic<StreamId> taken{0};
  return stream_of(torch::gpu(index, "getStreamFromPool", where).index, 1 + taken++ % kPool);
}
CUDAStream getStreamFromPool(int, DeviceIndex index, Location where) {
  return getStreamFromPool(false, index, where);
}
std::ostream& operator<<(std::ostream& out, const CUDAStream& stream) {
  return out << "stream " << stream.id() << " on device " << stream.device();
}

CUDAEvent::~CUDAEvent() {
  if (!event_) return;
  const auto& device = device_of(device_);
  device.driver.cuCtxSetCurrent(device.context);
  device.driver.cuEventDestroy(handle(event_));
}
void CUDAEvent::record(const CUDAStream& stream, Location where) {
  if (event_ && device_ != stream.device_index())
    refuse(where, "CUDAEvent", "Event device ", static_cast<int>(device_),
           " does not match recording stream's device ", static_cast<int>(stream.device_index()),
           ".");
  record::evaluate_all({"CUDAEvent::record", where});
  record::at_line(where, [&] {
    const auto& device = device_of(stream.device_index());
    device.activate();
    if (!event_) {
      torch::runtime::cuda::CUevent made = nullptr;
      torch::runtime::cuda::check(device.driver.cuEventCreate(&made, flags_), "making an event");
      event_ = made;
      device_ = stream.device_index();
    }
    torch::runtime::cuda::check(device.driver.cuEventRecord(handle(event_), device.stream),
                                "recording an event");
  });
}
void CUDAEvent::block(const CUDAStream& stream, Location where) const {
  if (!event_) return;
  record::at_line(where, [&] {
    const auto& device = device_of(stream.device_index());
    device.activate();
    torch::runtime::cuda::check(
        device.driver.cuStreamWaitEvent(device.stream, handle(event_), 0), "waiting for an event");
  });
}
bool CUDAEvent::query(Location where) const {
  return !event_ ||
         record::at_line(where, [&] { return device_of(device_).is_over(handle(event_)); });
}
void CUDAEvent::synchronize(Location where) const {
  if (!event_) return;
  const record::Barrier barrier{"CUDAEvent::synchronize", where};
  const record::WaitNote note(barrier, record::home_of({kCUDA, device_}));
  record::at_line(where, [&] { device_of(device_).synchronize(handle(event_)); });
}
float CUDAEvent::elapsed_time(const CUDAEvent& later, Location where) const {
  if ((flags_ | later.flags_) & cudaEventDisableTiming)
    refuse<ValueError>(where, "elapsed_time",
                       "Both events must be created with argument 'enable_timing=True'.");
  if (!event_ || !later.event_)
    refuse<ValueError>(where, "elapsed_time",
                       "Both events must be recorded before calculating elapsed time.");
  if (!query(where) || !later.query(where))
    refuse(where, "elapsed_time",
           "Both events must be completed before calculating elapsed time.");
  return record::at_line(where, [&] {
    const auto& device = device_of(device_);
    device.activate();
    float ms = 0;
    torch::runtime::cuda::check(
        device.driver.cuEventElapsedTime(&ms, handle(event_), handle(later.event_)),
        "asking for the time between events");
    return ms;
  });
}
}  // namespace cuda
}  // namespace c10
