/// Memory of the calling thread that a kernel may use while it runs.
#pragma once
#include <cstddef>

namespace torch {
namespace runtime {

/// At least `bytes` bytes, 64-byte aligned, valid until the thread asks again; null for 0.
void* thread_scratch(size_t bytes);
}  // namespace runtime
}  // namespace torch
