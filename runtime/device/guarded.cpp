// WEFT_GUARD: a buffer lies between two inaccessible pages, right before the second (1) or right
// behind the first (2), and is full of nan (all bits set: a nan in every floating type, -1 in the
// signed integers).
#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "runtime/device/blocks.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace runtime {
namespace guarded {
namespace {

constexpr size_t kPage = 4096;
size_t whole_pages(size_t bytes) {
  return (std::max<size_t>(bytes, 1) + kPage - 1) / kPage * kPage;
}

struct Mapping {
  char* pages;
  size_t bytes;  // of the buffer
};

void release(void* argument) {
  std::unique_ptr<Mapping> m(static_cast<Mapping*>(argument));
  munmap(m->pages, whole_pages(m->bytes) + 2 * kPage);
  memory_count.add(-static_cast<int64_t>(m->bytes));
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
  BufferFields::data(b) = map + kPage + (knobs().guard == Knobs::Guard::end ? pages - bytes : 0);
  BufferFields::bytes(b) = bytes;
  BufferFields::deleter(b) = &release;
  BufferFields::argument(b) = new Mapping{map, bytes};
  memory_count.add(static_cast<int64_t>(bytes));
  return b;
}
}  // namespace guarded
}  // namespace runtime
}  // namespace torch
