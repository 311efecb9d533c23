// WEFT_GUARD=1: a buffer ends at an inaccessible page, begins not far behind another one, and is full of nan (all bits
// set: a nan in every floating type, -1 in the signed integers).
#include <sys/mman.h>

#include <algorithm>
#include <cstring>

#include "runtime/device/blocks.h"

namespace torch {
namespace runtime {
namespace guarded {
namespace {

constexpr size_t kPage = 4096;
size_t whole_pages(size_t bytes) { return (std::max<size_t>(bytes, 1) + kPage - 1) / kPage * kPage; }

void release(void* argument) {
  auto* b = static_cast<Buffer*>(argument);
  const size_t bytes = BufferFields::bytes(b), pages = whole_pages(bytes);
  char* end = static_cast<char*>(BufferFields::data(b)) + bytes;
  munmap(end - pages - kPage, pages + 2 * kPage);
  memory_count.add(-static_cast<int64_t>(bytes));
}
}  // namespace

Buffer* allocate(size_t bytes) {
  if (bytes > machine_bytes()) throw_out_of_memory(bytes);
  const size_t pages = whole_pages(bytes);
  char* map = static_cast<char*>(map_pages(pages + 2 * kPage, kPage));
  if (!map) throw_out_of_memory(bytes);
  mprotect(map, kPage, PROT_NONE);
  mprotect(map + kPage + pages, kPage, PROT_NONE);
  std::memset(map + kPage, 0xff, pages);
  Buffer* b = BufferFields::construct(::operator new(sizeof(Buffer)));
  BufferFields::data(b) = map + kPage + pages - bytes;
  BufferFields::bytes(b) = bytes;
  BufferFields::deleter(b) = &release;
  BufferFields::argument(b) = b;
  memory_count.add(static_cast<int64_t>(bytes));
  return b;
}
}  // namespace guarded
}  // namespace runtime
}  // namespace torch
