#include "runtime/executable/loop.h"

#include <cstring>

namespace torch {
namespace runtime {

// States change places from step to step, so that the last one ends up where it is wanted.
void Loop::run(void* const* buffers) const {
  const std::vector<op::Type>&in_types = body->input_types, &out_types = body->output_types;
  std::vector<const void*> in(buffers, buffers + in_types.size());
  std::vector<void*> out(out_types.size());
  LaunchList::Repeated repeated(*body);
  for (int64_t s = 0; s < steps; ++s) {
    const size_t t = static_cast<size_t>(reverse ? steps - 1 - s : s);
    for (size_t i = 0; i < carried; ++i)
      out[i] = buffers[(steps - 1 - s) % 2 ? spares[i] : finals[i]];
    for (size_t i = carried; i < carried + stacked; ++i)
      in[i] = static_cast<const char*>(buffers[i]) + t * in_types[i].bytes();
    for (size_t i = carried; i < out.size(); ++i) {
      const int64_t to = outputs[i - carried];
      out[i] = to < 0 ? nullptr : static_cast<char*>(buffers[to]) + t * out_types[i].bytes();
    }
    repeated.run(in.data(), out.data());
    for (size_t i = 0; i < carried; ++i) in[i] = out[i];
  }
  if (steps > 0) return;
  for (size_t i = 0; i < carried; ++i)
    if (const size_t bytes = in_types[i].bytes())
      std::memcpy(buffers[finals[i]], buffers[i], bytes);
}

std::shared_ptr<const Kernel> loop_kernel(std::string name, std::shared_ptr<const Loop> loop) {
  auto kernel = std::make_shared<Kernel>();
  kernel->name = std::move(name);
  kernel->kind = "scan";
  kernel->code = [](void* const* buffers, const int64_t* params, int64_t begin, int64_t end,
                    void*) {
    if (begin != end) reinterpret_cast<const Loop*>(params[0])->run(buffers);
  };
  kernel->loop = std::move(loop);
  return kernel;
}

int64_t loop_parameter(const Kernel& kernel) {
  return reinterpret_cast<int64_t>(kernel.loop.get());
}
}  // namespace runtime
}  // namespace torch
