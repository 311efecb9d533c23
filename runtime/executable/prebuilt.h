/// Kernels that were compiled when Weft was (codegen/prebuilt): objects by key, linked at their
/// first use and kept. What they are for is the first result of a process; they are the code that
/// would be made.
#pragma once
#include <string_view>

#include "runtime/executable/kernel_cache.h"

namespace torch {
namespace runtime {

struct PrebuiltKernel {
  KernelKey key;       // for a level of the psABI
  const char* symbol;  // no other kernel has it
  const uint64_t* object;
  size_t bytes;
};

namespace prebuilt {
/// Objects and names live as long as the process. Before anything is compiled.
void add(const PrebuiltKernel* kernels, size_t count);

using Link = std::shared_ptr<const Kernel> (*)(const char* symbol, std::string_view object);
/// The kernel of `key`, `link`ed if nobody asked for it before; null: there is none.
std::shared_ptr<const Kernel> find(const KernelKey& key, Link link);
}  // namespace prebuilt
}  // namespace runtime
}  // namespace torch
