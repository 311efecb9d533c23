/// Where buffers come from: small ones from slabs, large ones from mappings of their own, guarded
/// ones from a mapping between two inaccessible pages. All of it for memory of the host.
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>

#include "runtime/device/buffer.h"

namespace torch {
namespace runtime {

/// What the allocators set in a Buffer.
struct BufferFields {
  static Buffer* construct(void* at) { return new (at) Buffer(); }
  static void*& data(Buffer* b) { return b->data_; }
  static size_t& bytes(Buffer* b) { return b->bytes_; }
  static DeviceId& device(Buffer* b) { return b->device_; }
  static void (*&deleter(Buffer* b))(void*) { return b->deleter_; }
  static void*& argument(Buffer* b) { return b->deleter_argument_; }
  static void arrival(Buffer* b, Arrival* a) { b->arrival_ = a; }
  /// Free blocks are chained through the deleter's argument.
  static Buffer* next(Buffer* b) { return static_cast<Buffer*>(b->deleter_argument_); }
};

namespace small {
Buffer* allocate(size_t bytes);
void release(Buffer* block);
/// Adds what this thread has counted for itself.
void flush_count();
size_t mapped_bytes();
}  // namespace small

namespace large {
Buffer* allocate(size_t bytes);
void release(Buffer* block);
void empty_cache();
size_t mapped_bytes();
}  // namespace large

namespace guarded {
Buffer* allocate(size_t bytes);
}  // namespace guarded

/// Bytes handed out and their highest number; both of the process.
struct MemoryCount {
  std::atomic<int64_t> allocated{0}, peak{0};
  void add(int64_t bytes);
};
extern MemoryCount memory_count;

/// A private mapping, aligned to `alignment`; null when the system refuses.
void* map_pages(size_t bytes, size_t alignment);
/// Throws OutOfMemory that says what was asked and what is held.
[[noreturn]] void throw_out_of_memory(size_t bytes);
/// "12.5 MiB".
std::string readable_bytes(size_t bytes);
}  // namespace runtime
}  // namespace torch
