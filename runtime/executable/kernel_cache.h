/// Kernels that this process compiled or linked, by what determines their code. Bounded: the one used
/// longest ago goes first (executables keep theirs alive). Two threads that want the same new
/// kernel compile it once.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "runtime/executable/launch_list.h"

namespace torch {
namespace runtime {

/// 128 bits that stand for the text that determines a kernel's code: its loop form and its target.
struct KernelKey {
  uint64_t high = 0, low = 0;
  friend bool operator==(const KernelKey& a, const KernelKey& b) {
    return a.high == b.high && a.low == b.low;
  }
};
KernelKey kernel_key(std::string_view text);

namespace kernel_cache {

using Make = std::function<std::shared_ptr<const Kernel>()>;

/// The kernel of `key`; `make()` it when there is none. `made` tells whether this call did. What
/// make() throws goes to this caller and to those who waited for it; the next call tries again.
std::shared_ptr<const Kernel> find_or_make(const KernelKey& key, const Make& make,
                                           bool* made = nullptr);

/// Whether there is one, made or being made: for those who make several at once.
bool contains(const KernelKey& key);

struct Statistics {
  size_t kernels, capacity;
  uint64_t hits, misses, evicted;
};
Statistics statistics();
/// At most so many kernels are kept; 4096 unless set.
void set_capacity(size_t kernels);
void clear();
}  // namespace kernel_cache
}  // namespace runtime
}  // namespace torch
