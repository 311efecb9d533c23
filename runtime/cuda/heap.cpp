#include "runtime/cuda/heap.h"

#include <algorithm>

#include "runtime/cuda/device.h"
#include "runtime/device/blocks.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {

constexpr size_t kBlock = 512;              // sizes are multiples of it
constexpr size_t kSmall = size_t(1) << 20;  // up to it, parts of small segments
constexpr size_t kSmallSegment = size_t(2) << 20;
constexpr size_t kMedium = size_t(10) << 20;  // up to it, parts of segments of
constexpr size_t kMediumSegment = size_t(20) << 20;
constexpr size_t kLargeStep = size_t(2) << 20;  // beyond, segments of their own

size_t rounded(size_t bytes, size_t step) { return (bytes + step - 1) / step * step; }

size_t segment_bytes(size_t block) {
  if (block <= kSmall) return kSmallSegment;
  return block < kMedium ? kMediumSegment : rounded(block, kLargeStep);
}
}  // namespace

Heap::~Heap() = default;

/// WEFT_GUARD: a buffer is memory of the driver's by itself (the emulated one puts inaccessible
/// pages around it).
BufferRef Heap::allocate_guarded(size_t bytes, const char* purpose, CUstream stream) {
  struct Owned {
    Heap* heap;
    CUdeviceptr at;
    size_t bytes;
  };
  CUdeviceptr at = 0;
  CUresult failed;
  do {
    device_.activate();
    failed = device_.driver.cuMemAlloc(&at, std::max<size_t>(bytes, 1));
  } while (failed == CUDA_ERROR_OUT_OF_MEMORY && device_.let_go(true));
  if (failed == CUDA_ERROR_OUT_OF_MEMORY) throw_out_of_memory(bytes, purpose);
  check(failed, "allocating memory of the device");
  count(bytes);
  device_.driver.cuMemsetD8Async(at, 0xff, bytes, stream);
  auto end = [](void* argument) {
    std::unique_ptr<Owned> owned(static_cast<Owned*>(argument));
    Device& device = owned->heap->device_;
    if (device.driver.cuCtxSetCurrent(device.context) == 0) device.driver.cuMemFree(owned->at);
    owned->heap->count(0, owned->bytes);
  };
  BufferRef buffer = borrow(reinterpret_cast<void*>(at), bytes, end, new Owned{this, at, bytes});
  BufferFields::device(buffer.get()) = device_.id();
  return buffer;
}

void Heap::count(size_t taken, size_t given_back) {
  std::lock_guard<std::mutex> lock(mutex_);
  allocated_ += taken - given_back;
  reserved_ += taken - given_back;
  peak_ = std::max(peak_, allocated_);
}

BufferRef Heap::allocate(size_t bytes, const char* purpose) {
  return buffer_of(bytes, purpose, device_.stream, [&](size_t block_bytes, bool large) {
    return take_anywhere(block_bytes, large);
  });
}

BufferRef Heap::allocate_ahead(size_t bytes, CUstream stream) {
  return buffer_of(bytes, " for what is copied there", stream, [&](size_t block_bytes, bool large) {
    Block* block = take_rested(block_bytes, large);
    if (!block) block = take_anywhere(block_bytes, large);
    if (block) wait_for_last_use(*block, stream);
    mark();
    return block;
  });
}

/// One whose last use came before the newest mark: two batches in turns need not wait for each
/// other.
Heap::Block* Heap::take_rested(size_t bytes, bool large) {
  constexpr int kLooks = 16;
  Block key{0, bytes, this};
  FreeBlocks& free = blocks(large);
  int looks = 0;
  for (auto at = free.lower_bound(&key); at != free.end() && looks++ < kLooks; ++at) {
    if ((*at)->last_use == next_mark_) continue;
    Block* block = *at;
    free.erase(at);
    block->free = false;
    split(block, bytes);
    return block;
  }
  // Some more memory, not ever more.
  const size_t more = segment_bytes(bytes);
  if (ahead_ + more > 4 * more) return nullptr;
  device_.activate();
  Block* block = segment(more, large);
  if (!block) return nullptr;
  ahead_ += more;
  split(block, bytes);
  return block;
}

void Heap::wait_for_last_use(const Block& block, CUstream stream) {
  if (block.last_use == 0) return;
  if (block.last_use == next_mark_) mark();
  for (const auto& [number, event] : marks_)
    if (number >= block.last_use)
      return check(device_.driver.cuStreamWaitEvent(stream, event, 0), "waiting for memory");
}

void Heap::mark() {
  constexpr size_t kMarks = 8;
  marks_.emplace_back(next_mark_++, device_.record());
  if (marks_.size() <= kMarks) return;
  device_.recycle(marks_.front().second);
  marks_.pop_front();
}

BufferRef Heap::buffer_of(size_t bytes, const char* purpose, CUstream stream,
                          const std::function<Block*(size_t bytes, bool large)>& take) {
  if (knobs().guards()) return allocate_guarded(bytes, purpose, stream);
  const size_t block_bytes = rounded(std::max<size_t>(bytes, 1), kBlock);
  if (block_bytes < bytes) throw_out_of_memory(bytes, purpose);
  const bool large = block_bytes > kSmall;
  Buffer* buffer = BufferFields::construct(::operator new(sizeof(Buffer)));
  BufferFields::deleter(buffer) = [](void*) {};
  BufferRef result(buffer);  // what is thrown below releases it
  Block* block = nullptr;
  do {
    std::lock_guard<std::mutex> lock(mutex_);
    block = take(block_bytes, large);
    if (!block) continue;
    allocated_ += block->bytes;
    peak_ = std::max(peak_, allocated_);
  } while (!block && device_.let_go(true));
  if (!block) throw_out_of_memory(bytes, purpose);
  // Who reads what nobody wrote gets nan.
  if (knobs().cuda == Knobs::Cuda::emulate) {
    device_.activate();
    device_.driver.cuMemsetD8Async(block->at, 0xff, block->bytes, stream);
  }
  BufferFields::data(buffer) = reinterpret_cast<void*>(block->at);
  BufferFields::bytes(buffer) = bytes;
  BufferFields::device(buffer) = device_.id();
  BufferFields::deleter(buffer) = &Heap::release;
  BufferFields::argument(buffer) = block;
  return result;
}

/// A free block, else of a new segment; and once more when the driver has no more but for what we
/// keep.
Heap::Block* Heap::take_anywhere(size_t bytes, bool large) {
  if (Block* found = take(bytes, large)) return found;
  device_.activate();
  Block* made = segment(segment_bytes(bytes), large);
  if (!made) {
    give_up_segments();
    made = segment(segment_bytes(bytes), large);
    // A whole segment for many may be what there is no room for.
    if (!made && segment_bytes(bytes) > bytes) made = segment(bytes, large);
  }
  if (made) split(made, bytes);
  return made;
}

/// The smallest free block that is long enough, cut to size.
Heap::Block* Heap::take(size_t bytes, bool large) {
  Block key{0, bytes, this};
  FreeBlocks& free = blocks(large);
  auto at = free.lower_bound(&key);
  if (at == free.end()) return nullptr;
  Block* block = *at;
  free.erase(at);
  block->free = false;
  split(block, bytes);
  return block;
}

Heap::Block* Heap::segment(size_t bytes, bool large) {
  CUdeviceptr at = 0;
  const CUresult failed = device_.driver.cuMemAlloc(&at, bytes);
  if (failed == CUDA_ERROR_OUT_OF_MEMORY) return nullptr;
  check(failed, "allocating memory of the device");
  reserved_ += bytes;
  if (knobs().logs("memory"))
    std::fprintf(stderr, "weft: memory: a segment of %s on %s, %s in all\n",
                 readable_bytes(bytes).c_str(), device_.name().c_str(),
                 readable_bytes(reserved_).c_str());
  auto* block = new Block{at, bytes, this};
  block->large = large;
  return block;
}

/// What is left over becomes a free block, if it is worth it.
void Heap::split(Block* block, size_t bytes) {
  const size_t left = block->bytes - bytes;
  if (left < kBlock || (block->large && left <= kSmall)) return;
  auto* rest = new Block{block->at + bytes, left, this,         block,
                         block->after,      true, block->large, block->last_use};
  if (rest->after) rest->after->before = rest;
  block->after = rest;
  block->bytes = bytes;
  blocks(block->large).insert(rest);
}

/// `after` ends; it is not among the free blocks.
void Heap::join(Block* block, Block* after) {
  block->bytes += after->bytes;
  block->last_use = std::max(block->last_use, after->last_use);
  block->after = after->after;
  if (block->after) block->after->before = block;
  delete after;
}

void Heap::put_back(Block* block) {
  FreeBlocks& free = blocks(block->large);
  if (Block* after = block->after; after && after->free) {
    free.erase(after);
    join(block, after);
  }
  if (Block* before = block->before; before && before->free) {
    free.erase(before);
    join(before, block);
    block = before;
  }
  block->free = true;
  free.insert(block);
}

void Heap::release(void* argument) {
  auto* block = static_cast<Block*>(argument);
  Heap& heap = *block->heap;
  std::lock_guard<std::mutex> lock(heap.mutex_);
  heap.allocated_ -= block->bytes;
  block->last_use = heap.next_mark_;
  heap.put_back(block);
}

/// What has them no more may still be under way.
void Heap::give_up_segments() {
  ahead_ = 0;
  if (!small_.empty() || !large_.empty()) device_.driver.cuStreamSynchronize(device_.stream);
  for (FreeBlocks* free : {&small_, &large_})
    for (auto at = free->begin(); at != free->end();) {
      Block* block = *at;
      if (block->before || block->after) {
        ++at;
        continue;
      }
      at = free->erase(at);
      device_.driver.cuMemFree(block->at);
      reserved_ -= block->bytes;
      delete block;
    }
}

void Heap::empty_cache() {
  device_.activate();
  std::lock_guard<std::mutex> lock(mutex_);
  give_up_segments();
}

MemoryStatistics Heap::statistics() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return {allocated_, peak_, reserved_ - allocated_};
}

void Heap::reset_peak() {
  std::lock_guard<std::mutex> lock(mutex_);
  peak_ = allocated_;
}

size_t Heap::largest_free() const {
  size_t most = 0;
  for (const FreeBlocks* free : {&small_, &large_})
    if (!free->empty()) most = std::max(most, (*free->rbegin())->bytes);
  return most;
}

void Heap::throw_out_of_memory(size_t bytes, const char* purpose) {
  size_t free = 0, total = 0;
  device_.driver.cuMemGetInfo(&free, &total);
  std::lock_guard<std::mutex> lock(mutex_);
  const size_t others = total - std::min(total, free + reserved_);
  throw OutOfMemory(
      "CUDA out of memory. Tried to allocate " + readable_bytes(bytes) + " (" +
      std::to_string(bytes) + " bytes)" + purpose + ". GPU " + std::to_string(device_.index) +
      " has a total capacity of " + readable_bytes(total) + " of which " + readable_bytes(free) +
      " is free. This process holds " + readable_bytes(reserved_) + ": " +
      readable_bytes(allocated_) + " allocated (at most " + readable_bytes(peak_) + "), " +
      readable_bytes(reserved_ - allocated_) + " cached, whose largest free block has " +
      readable_bytes(largest_free()) + "; others and the driver hold " + readable_bytes(others));
}
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
