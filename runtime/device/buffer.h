/// Bytes with a reference count. The allocator caches freed blocks by size class (64-byte aligned,
/// huge pages for large ones), is thread safe, and throws OutOfMemory with what was asked and what
/// is held.
#pragma once
#include <atomic>
#include <cstddef>
#include <stdexcept>
#include <utility>

#include "runtime/device/device.h"

namespace torch {
namespace runtime {

struct OutOfMemory : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Bytes that are on their way to the host's memory.
class Arrival {
 public:
  virtual ~Arrival() = default;
  virtual DeviceId from() const = 0;
  /// Until they are there. Throws errors in values that were found meanwhile.
  virtual void wait() = 0;
  /// Whether they are; false, too, if they never will be.
  virtual bool is_there() const = 0;
};

class Buffer {
 public:
  /// Waits for bytes that are on their way.
  void* data() const {
    if (arrival_.load(std::memory_order_acquire)) [[unlikely]]
      arrive();
    return data_;
  }
  /// Where data() would wait for bytes from.
  bool arriving(DeviceId* from) const {
    return arrival_.load(std::memory_order_acquire) && arriving_from(from);
  }
  size_t bytes() const { return bytes_; }
  DeviceId device() const { return device_; }
  /// True when this reference is the only one: the bytes may be written in place (donated).
  bool unique() const { return references_.load(std::memory_order_acquire) == 1; }

 private:
  friend class BufferRef;
  friend struct BufferFields;  // for the allocators
  Buffer() = default;
  std::atomic<int> references_{0};
  void* data_ = nullptr;
  size_t bytes_ = 0;
  DeviceId device_;
  void (*deleter_)(void*) = nullptr;  // null: back to the caching allocator
  void* deleter_argument_ = nullptr;
  mutable std::atomic<Arrival*> arrival_{nullptr};
  bool arriving_from(DeviceId* device) const;
  void arrive() const;
  static void release(Buffer*);
};

class BufferRef {
 public:
  BufferRef() = default;
  explicit BufferRef(Buffer* b) : b_(b) { retain(); }
  BufferRef(const BufferRef& o) : b_(o.b_) { retain(); }
  BufferRef(BufferRef&& o) noexcept : b_(o.b_) { o.b_ = nullptr; }
  BufferRef& operator=(BufferRef o) noexcept {
    std::swap(b_, o.b_);
    return *this;
  }
  ~BufferRef() {
    if (b_ && b_->references_.fetch_sub(1, std::memory_order_acq_rel) == 1) Buffer::release(b_);
  }
  Buffer* operator->() const { return b_; }
  Buffer* get() const { return b_; }
  explicit operator bool() const { return b_; }

 private:
  void retain() {
    if (b_) b_->references_.fetch_add(1, std::memory_order_relaxed);
  }
  Buffer* b_ = nullptr;
};

/// At least one byte is allocated even for `bytes` == 0. Contents are undefined (nan under
/// WEFT_GUARD).
BufferRef allocate(size_t bytes, DeviceId device = {});
/// Memory of somebody else; `deleter(argument)` runs when the last reference goes.
BufferRef borrow(void* data, size_t bytes, void (*deleter)(void*), void* argument,
                 DeviceId device = {});

/// What the machine and the container have in all.
size_t machine_bytes();

/// Bytes handed out now, at most since start (or reset), and cached.
struct MemoryStatistics {
  size_t allocated, peak, cached;
};
MemoryStatistics memory_statistics(DeviceId device = {});
void reset_peak_memory(DeviceId device = {});
/// Gives cached blocks back to the system.
void empty_cache(DeviceId device = {});
}  // namespace runtime
}  // namespace torch
