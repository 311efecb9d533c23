/// GPUs: one primary context and one stream each, in which everything is done in order, but for
/// copies to and from pinned memory that need not wait for it (copy.h).
#pragma once
#include <atomic>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "runtime/cuda/driver.h"
#include "runtime/device/buffer.h"

namespace torch {
namespace runtime {
namespace cuda {

/// 0 without a driver; never throws.
int device_count();
/// The calling thread's; 0 unless it was set.
int current_device();
/// Throws std::runtime_error when there is no such device.
void set_current_device(int index);

struct Properties {
  std::string name;
  int major = 0, minor = 0;
  int multiprocessors = 0, warp = 32;
  int threads_per_block = 0, threads_per_multiprocessor = 0, registers_per_multiprocessor = 0;
  size_t memory_bytes = 0, shared_bytes = 0, shared_bytes_per_multiprocessor = 0, l2_bytes = 0;
  char uuid[16] = {};
};

class Heap;

class Device {
 public:
  /// Throws std::runtime_error that says why there is no such device. Made at the first call.
  static Device& get(int index);

  const Driver& driver;
  const int index;
  CUcontext context = nullptr;
  CUstream stream = nullptr;
  Properties properties;

  DeviceId id() const { return {c10::DeviceType::CUDA, static_cast<int8_t>(index)}; }
  /// "cuda:0".
  std::string name() const { return "cuda:" + std::to_string(index); }
  /// Makes the context the calling thread's: before any call about this device.
  void activate() const { check(driver.cuCtxSetCurrent(context), "selecting the device"); }
  Heap& heap() const { return *heap_; }

  /// What is looked at when all that was enqueued so far is done: by whoever waits for the device
  /// next, if `wrong`.
  struct Late {
    std::function<bool()> wrong;
    std::function<void()> raise;
  };
  void when_done(Late late);
  /// Waits, then raises what is wrong, in order, until one throws.
  void synchronize();
  /// The same, for what was enqueued before an event.
  void synchronize(CUevent event);
  /// Only waits.
  void wait() const;

  /// Events that nobody uses are kept; recorded in the stream.
  CUevent record() { return record(stream); }
  CUevent record(CUstream in);
  void recycle(CUevent event);
  /// The streams of copies from pinned memory and to it; made when first asked for.
  enum Way { up, down };
  CUstream beside(Way way);
  /// Keeps buffers until the event is over, which is recycled then.
  void hold(CUevent event, std::vector<BufferRef> buffers);
  /// Lets go of those whose event is over; false: there were none to let go. `all` waits for them.
  bool let_go(bool all = false);
  bool is_over(CUevent event) const;
  /// Whether all is done that was enqueued.
  bool idle() const;
  /// What `enqueue` enqueues in the stream that it is given, as a graph of the caller's.
  CUgraph capture(const std::function<void(CUstream)>& enqueue);
  /// Milliseconds that the device takes for what `enqueue` enqueues; waits for it.
  double timed(const std::function<void()>& enqueue);

 private:
  explicit Device(int index);
  void forget_fine();
  bool is_done(CUresult state) const;
  void raise_after(const std::function<void()>& wait);

  std::unique_ptr<Heap> heap_;
  std::mutex mutex_;
  std::vector<CUevent> free_events_;
  struct Pending {
    CUevent event;
    Late late;
  };
  std::list<Pending> pending_;
  struct Held {
    CUevent event;
    std::vector<BufferRef> buffers;
  };
  std::list<Held> held_;
  std::atomic<CUstream> beside_[2] = {};
  std::mutex capture_mutex_;
  CUstream capture_stream_ = nullptr;
};

/// Waits for the device, and throws the errors in values that it found.
void synchronize(int index);
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
