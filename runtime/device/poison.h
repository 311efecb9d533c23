/// Tells AddressSanitizer which bytes of our blocks nobody may touch.
#pragma once
#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define WEFT_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WEFT_ASAN 1
#endif
#endif

#ifdef WEFT_ASAN
#include <sanitizer/asan_interface.h>
#endif

namespace torch {
namespace runtime {
inline void poison([[maybe_unused]] void* p, [[maybe_unused]] size_t bytes) {
#ifdef WEFT_ASAN
  __asan_poison_memory_region(p, bytes);
#endif
}
inline void unpoison([[maybe_unused]] void* p, [[maybe_unused]] size_t bytes) {
#ifdef WEFT_ASAN
  __asan_unpoison_memory_region(p, bytes);
#endif
}
}  // namespace runtime
}  // namespace torch
