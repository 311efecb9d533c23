#include "runtime/cuda/on_host.h"

#include "runtime/cuda/copy.h"
#include "runtime/device/buffer.h"

namespace torch {
namespace runtime {
namespace cuda {

HostRun::HostRun(std::unique_ptr<Executable> inner, int device, std::vector<bool> on_host)
    : inner_(std::move(inner)), device_(device), on_host_(std::move(on_host)) {
  input_types = inner_->input_types;
  output_types = inner_->output_types;
  summary = inner_->summary;
  on_host_.resize(input_types.size());
}

void HostRun::run(const void* const* inputs, void* const* outputs) const {
  Device& device = Device::get(device_);
  std::vector<BufferRef> held;
  std::vector<const void*> in(input_types.size());
  std::vector<void*> out(output_types.size());
  for (size_t i = 0; i < in.size(); ++i) {
    in[i] = inputs[i];
    const size_t bytes = input_types[i].bytes();
    if (on_host_[i] || !inputs[i] || bytes == 0) continue;
    held.push_back(allocate(bytes));
    in[i] = held.back()->data();
    copy_to_host(device, held.back()->data(), inputs[i], bytes);
  }
  device.synchronize();
  for (size_t o = 0; o < out.size(); ++o) {
    if (!outputs[o]) continue;
    held.push_back(allocate(output_types[o].bytes()));
    out[o] = held.back()->data();
  }
  inner_->run(in.data(), out.data());
  for (size_t o = 0; o < out.size(); ++o)
    if (const size_t bytes = output_types[o].bytes(); outputs[o] && bytes)
      copy_from_host(device, outputs[o], out[o], bytes);
}

bool HostRun::may_alias(size_t output, size_t input) const {
  return !on_host_[input] && inner_->may_alias(output, input);
}
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
