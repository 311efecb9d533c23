#include "runtime/executable/prebuilt.h"

#include <map>
#include <mutex>

namespace torch {
namespace runtime {
namespace prebuilt {
namespace {

struct Known {
  const PrebuiltKernel* kernel;
  std::once_flag once;
  std::shared_ptr<const Kernel> linked;
};
using Table = std::map<std::pair<uint64_t, uint64_t>, Known>;
Table& table() {
  static Table* t = new Table();
  return *t;
}
}  // namespace

void add(const PrebuiltKernel* kernels, size_t count) {
  for (const PrebuiltKernel* k = kernels; k < kernels + count; ++k)
    table()[{k->key.high, k->key.low}].kernel = k;
}

std::shared_ptr<const Kernel> find(const KernelKey& key, Link link) {
  auto at = table().find({key.high, key.low});
  if (at == table().end()) return nullptr;
  Known& known = at->second;
  std::call_once(known.once, [&] {
    const PrebuiltKernel& k = *known.kernel;
    known.linked = link(k.symbol, {reinterpret_cast<const char*>(k.object), k.bytes});
  });
  return known.linked;
}
}  // namespace prebuilt
}  // namespace runtime
}  // namespace torch
