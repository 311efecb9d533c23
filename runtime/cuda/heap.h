/// The memory of a device, cached: segments from the driver are cut into blocks, and free
/// neighbours become one. Everything on a device is done in the order of its stream, so that a
/// block can be handed out again as soon as whoever had it has enqueued its last use.
#pragma once
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "runtime/cuda/api.h"
#include "runtime/device/buffer.h"

namespace torch {
namespace runtime {
namespace cuda {

class Device;

class Heap {
 public:
  explicit Heap(Device& device) : device_(device) {}
  ~Heap();
  /// Throws OutOfMemory that says what was asked (and for what), what is held, and what the device
  /// has left.
  BufferRef allocate(size_t bytes, const char* purpose = "");
  /// For another stream than the device's, which is made to wait for whoever had the memory before: if
  /// possible a block that was given back some while ago, so that there is nothing to wait for.
  BufferRef allocate_ahead(size_t bytes, CUstream stream);
  /// `allocated` and `peak` in whole blocks.
  MemoryStatistics statistics() const;
  void reset_peak();
  /// Gives segments that nobody has a part of back to the driver.
  void empty_cache();

 private:
  struct Block {
    CUdeviceptr at;
    size_t bytes;
    Heap* heap;
    Block *before = nullptr, *after = nullptr;  // in its segment
    bool free = false, large = false;
    uint64_t last_use = 0;  // before this mark; 0: there was none
  };
  struct Smaller {
    bool operator()(const Block* a, const Block* b) const {
      return a->bytes != b->bytes ? a->bytes < b->bytes : a->at < b->at;
    }
  };
  using FreeBlocks = std::set<Block*, Smaller>;

  static void release(void* block);
  BufferRef allocate_guarded(size_t bytes, const char* purpose, CUstream stream);
  BufferRef buffer_of(size_t bytes, const char* purpose, CUstream stream,
                      const std::function<Block*(size_t bytes, bool large)>& take);
  Block* take_rested(size_t bytes, bool large);
  void wait_for_last_use(const Block& block, CUstream stream);
  void mark();
  void count(size_t taken, size_t given_back = 0);
  FreeBlocks& blocks(bool large) { return large ? large_ : small_; }
  Block* take(size_t bytes, bool large);
  Block* take_anywhere(size_t bytes, bool large);
  Block* segment(size_t bytes, bool large);
  void split(Block* block, size_t bytes);
  void join(Block* block, Block* after);
  void put_back(Block* block);
  void give_up_segments();
  size_t largest_free() const;
  [[noreturn]] void throw_out_of_memory(size_t bytes, const char* purpose);

  Device& device_;
  mutable std::mutex mutex_;
  FreeBlocks small_, large_;
  size_t allocated_ = 0, peak_ = 0, reserved_ = 0;
  size_t ahead_ = 0;  // bytes of segments that were made for allocate_ahead
  // Points in the device's stream, numbered; the newest few. The next one has the number next_mark_.
  std::deque<std::pair<uint64_t, CUevent>> marks_;
  uint64_t next_mark_ = 1;
};
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
