#include "runtime/executable/kernel_cache.h"

#include <future>
#include <list>
#include <mutex>
#include <unordered_map>

namespace torch {
namespace runtime {
namespace kernel_cache {
namespace {

using KernelPointer = std::shared_ptr<const Kernel>;

struct Entry {
  KernelKey key;
  std::shared_future<KernelPointer> kernel;
};
struct KeyHash {
  size_t operator()(const KernelKey& k) const { return k.low; }
};

struct Cache {
  std::mutex mutex;
  std::list<Entry> entries;  // used last first
  std::unordered_map<KernelKey, std::list<Entry>::iterator, KeyHash> index;
  size_t capacity = 4096;
  uint64_t hits = 0, misses = 0, evicted = 0;

  void shrink() {
    for (; entries.size() > capacity; ++evicted) {
      index.erase(entries.back().key);
      entries.pop_back();
    }
  }
};
Cache& cache() {
  static Cache* c = new Cache();
  return *c;
}
}  // namespace

KernelPointer find_or_make(const KernelKey& key, const Make& make, bool* made) {
  Cache& c = cache();
  std::promise<KernelPointer> promise;
  std::shared_future<KernelPointer> kernel;
  if (made) *made = false;
  {
    std::lock_guard<std::mutex> lock(c.mutex);
    auto found = c.index.find(key);
    if (found != c.index.end()) {
      ++c.hits;
      c.entries.splice(c.entries.begin(), c.entries, found->second);
      kernel = found->second->kernel;
    } else {
      ++c.misses;
      c.entries.push_front({key, promise.get_future().share()});
      c.index.emplace(key, c.entries.begin());
      c.shrink();
    }
  }
  if (kernel.valid()) return kernel.get();
  if (made) *made = true;
  try {
    KernelPointer fresh = make();
    promise.set_value(fresh);
    return fresh;
  } catch (...) {
    {
      std::lock_guard<std::mutex> lock(c.mutex);
      auto found = c.index.find(key);
      if (found != c.index.end()) {
        c.entries.erase(found->second);
        c.index.erase(found);
      }
    }
    promise.set_exception(std::current_exception());
    throw;
  }
}

bool contains(const KernelKey& key) {
  Cache& c = cache();
  std::lock_guard<std::mutex> lock(c.mutex);
  return c.index.count(key) != 0;
}

Statistics statistics() {
  Cache& c = cache();
  std::lock_guard<std::mutex> lock(c.mutex);
  return {c.entries.size(), c.capacity, c.hits, c.misses, c.evicted};
}

void set_capacity(size_t kernels) {
  Cache& c = cache();
  std::lock_guard<std::mutex> lock(c.mutex);
  c.capacity = kernels;
  c.shrink();
}

void clear() {
  Cache& c = cache();
  std::lock_guard<std::mutex> lock(c.mutex);
  c.index.clear();
  c.entries.clear();
}
}  // namespace kernel_cache
}  // namespace runtime
}  // namespace torch
