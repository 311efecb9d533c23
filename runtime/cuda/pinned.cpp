#include "runtime/cuda/pinned.h"

#include <algorithm>
#include <list>
#include <map>
#include <mutex>

#include "runtime/device/blocks.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {

constexpr size_t kSmallest = 4096;

/// Powers of two: blocks of the host are many, short-lived and alike.
size_t rounded(size_t bytes) {
  size_t size = kSmallest;
  while (size < bytes) size *= 2;
  return size;
}

struct Use {
  Device* device;
  CUevent event;
};
struct Block {
  char* at;
  size_t bytes;
  std::vector<Use> uses;
};

struct Pool {
  std::mutex mutex;
  std::map<const char*, Block> all;  // by address
  std::multimap<size_t, Block*> free;
  std::list<Block*> waiting;  // freed, but in use by a device

  Block* find(const void* at) {
    auto next = all.upper_bound(static_cast<const char*>(at));
    if (next == all.begin()) return nullptr;
    Block& block = std::prev(next)->second;
    return static_cast<const char*>(at) < block.at + block.bytes ? &block : nullptr;
  }
  /// Blocks whose uses are over become free.
  void collect() {
    for (auto at = waiting.begin(); at != waiting.end();) {
      Block* block = *at;
      std::vector<Use>& uses = block->uses;
      auto over = [](const Use& u) {
        u.device->activate();
        if (u.device->driver.cuEventQuery(u.event) == CUDA_ERROR_NOT_READY) return false;
        u.device->recycle(u.event);
        return true;
      };
      uses.erase(std::remove_if(uses.begin(), uses.end(), over), uses.end());
      if (!uses.empty()) {
        ++at;
        continue;
      }
      free.emplace(block->bytes, block);
      at = waiting.erase(at);
    }
  }
};
Pool& pool() {
  static Pool* p = new Pool();
  return *p;
}

void release(void* argument) {
  Pool& p = pool();
  std::lock_guard<std::mutex> lock(p.mutex);
  p.waiting.push_back(static_cast<Block*>(argument));
  p.collect();
}

Block* take(size_t bytes) {
  Pool& p = pool();
  std::lock_guard<std::mutex> lock(p.mutex);
  p.collect();
  auto found = p.free.find(bytes);
  if (found == p.free.end()) return nullptr;
  Block* block = found->second;
  p.free.erase(found);
  return block;
}

Block* make(size_t bytes) {
  Device& device = Device::get(current_device());
  device.activate();
  void* at = nullptr;
  CUresult failed = device.driver.cuMemHostAlloc(&at, bytes, kMemHostAllocPortable);
  if (failed == CUDA_ERROR_OUT_OF_MEMORY) {
    device.let_go(/*all=*/true);
    empty_pinned_cache();
    device.activate();
    failed = device.driver.cuMemHostAlloc(&at, bytes, kMemHostAllocPortable);
  }
  if (failed == CUDA_ERROR_OUT_OF_MEMORY)
    throw OutOfMemory("out of memory: asked for " + std::to_string(bytes) + " bytes (" +
                      readable_bytes(bytes) + ") of the host's memory, pinned for the GPU");
  check(failed, "pinning memory of the host");
  Pool& p = pool();
  std::lock_guard<std::mutex> lock(p.mutex);
  char* begin = static_cast<char*>(at);
  return &(p.all[begin] = {begin, bytes, {}});
}
}  // namespace

BufferRef allocate_pinned(size_t bytes) {
  const size_t size = rounded(bytes);
  if (size < bytes)
    throw OutOfMemory("out of memory: asked for " + std::to_string(bytes) + " bytes");
  Block* block = take(size);
  if (!block) block = make(size);
  return borrow(block->at, bytes, &release, block);
}

bool is_pinned(const void* at) {
  std::lock_guard<std::mutex> lock(pool().mutex);
  return pool().find(at) != nullptr;
}

void used_by(const void* at, Device& device) {
  if (!is_pinned(at)) return;
  const CUevent event = device.record();
  Pool& p = pool();
  std::lock_guard<std::mutex> lock(p.mutex);
  std::vector<Use>& uses = p.find(at)->uses;
  // The newest use of a device is after its others.
  auto same =
      std::find_if(uses.begin(), uses.end(), [&](const Use& u) { return u.device == &device; });
  if (same == uses.end()) {
    uses.push_back({&device, event});
  } else {
    device.recycle(same->event);
    same->event = event;
  }
}

void empty_pinned_cache() {
  Pool& p = pool();
  std::lock_guard<std::mutex> lock(p.mutex);
  p.collect();
  for (auto& [bytes, block] : p.free) {
    required_driver().cuMemFreeHost(block->at);
    p.all.erase(block->at);
  }
  p.free.clear();
}
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
