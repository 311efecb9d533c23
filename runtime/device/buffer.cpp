#include "runtime/device/buffer.h"

#include <cstddef>
#include <iterator>

#include "runtime/device/arena.h"
#include "runtime/device/backend.h"
#include "runtime/device/blocks.h"
#include "runtime/device/size_class.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace runtime {

MemoryCount memory_count;

void MemoryCount::add(int64_t bytes) {
  const int64_t now = allocated.fetch_add(bytes, std::memory_order_relaxed) + bytes;
  int64_t most = peak.load(std::memory_order_relaxed);
  while (now > most && !peak.compare_exchange_weak(most, now, std::memory_order_relaxed)) {
  }
}

BufferRef allocate(size_t bytes, DeviceId device) {
  if (device.type != c10::DeviceType::CPU) {
    DeviceBackend& b = backend(device.type);
    return b.allocate(bytes, b.resolve(device.index));
  }
  Buffer* b = knobs().guards()       ? guarded::allocate(bytes)
              : bytes <= kSmallLimit ? small::allocate(bytes)
                                     : large::allocate(bytes);
  BufferFields::device(b) = device;
  return BufferRef(b);
}

BufferRef borrow(void* data, size_t bytes, void (*deleter)(void*), void* argument,
                 DeviceId device) {
  Buffer* b = BufferFields::construct(::operator new(sizeof(Buffer)));
  BufferFields::data(b) = data;
  BufferFields::bytes(b) = bytes;
  BufferFields::device(b) = device;
  BufferFields::deleter(b) = deleter ? deleter : [](void*) {};
  BufferFields::argument(b) = argument;
  return BufferRef(b);
}

namespace {
// Who waits for one buffer keeps few others waiting.
std::mutex& arrivals(const Buffer* buffer) {
  static std::mutex all[64];
  return all[reinterpret_cast<uintptr_t>(buffer) / alignof(std::max_align_t) % std::size(all)];
}
}  // namespace
bool Buffer::arriving_from(DeviceId* device) const {
  std::lock_guard<std::mutex> lock(arrivals(this));
  const Arrival* a = arrival_.load(std::memory_order_relaxed);
  if (a) *device = a->from();
  return a;
}
// What did not arrive, the device being lost, is waited for again by the next who reads it.
void Buffer::arrive() const {
  std::lock_guard<std::mutex> lock(arrivals(this));
  struct Ended {
    std::atomic<Arrival*>& arrival;
    ~Ended() {
      if (Arrival* a = arrival.load(std::memory_order_relaxed); a && a->is_there())
        delete arrival.exchange(nullptr, std::memory_order_release);
    }
  } ended{arrival_};
  if (Arrival* a = arrival_.load(std::memory_order_relaxed)) a->wait();
}

void Buffer::release(Buffer* b) {
  if (Arrival* a = b->arrival_.load(std::memory_order_relaxed)) [[unlikely]] {
    b->arrival_.store(nullptr, std::memory_order_relaxed);
    delete a;
  }
  if (b->deleter_) {
    b->deleter_(b->deleter_argument_);
    ::operator delete(static_cast<void*>(b));
  } else if (b->bytes_ <= kSmallLimit) {
    small::release(b);
  } else {
    large::release(b);
  }
}

MemoryStatistics memory_statistics(DeviceId device) {
  if (device.type != c10::DeviceType::CPU) {
    DeviceBackend& b = backend(device.type);
    return b.memory_statistics(b.resolve(device.index));
  }
  small::flush_count();
  const int64_t allocated = memory_count.allocated, peak = memory_count.peak;
  const int64_t mapped = static_cast<int64_t>(small::mapped_bytes() + large::mapped_bytes());
  auto positive = [](int64_t n) { return static_cast<size_t>(n > 0 ? n : 0); };
  return {positive(allocated), positive(peak), positive(mapped - allocated)};
}

void reset_peak_memory(DeviceId device) {
  if (device.type != c10::DeviceType::CPU) {
    DeviceBackend& b = backend(device.type);
    return b.reset_peak_memory(b.resolve(device.index));
  }
  small::flush_count();
  memory_count.peak = memory_count.allocated.load();
}

void empty_cache(DeviceId device) {
  if (device.type != c10::DeviceType::CPU) {
    DeviceBackend& b = backend(device.type);
    return b.empty_cache(b.resolve(device.index));
  }
  release_arenas();
  large::empty_cache();
}
}  // namespace runtime
}  // namespace torch
