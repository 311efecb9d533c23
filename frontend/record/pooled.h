/// Base of small objects that recording makes and forgets all the time: their memory comes from the
/// thread's free lists (trace.h).
#pragma once
#include <cstddef>

namespace torch {
namespace record {
struct Pooled {
  static void* operator new(size_t bytes);
  static void operator delete(void* memory, size_t bytes);
};
}  // namespace record
}  // namespace torch
