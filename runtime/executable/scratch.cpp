#include "runtime/executable/scratch.h"

#include "runtime/device/buffer.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace runtime {

void* thread_scratch(size_t bytes) {
  if (bytes == 0) return nullptr;
  thread_local BufferRef block;
  // Guarded blocks end where the kernel must end, so each request has its own.
  if (!block || block->bytes() < bytes || knobs().guards()) {
    block = BufferRef();
    block = allocate(bytes);
  }
  return block->data();
}
}  // namespace runtime
}  // namespace torch
