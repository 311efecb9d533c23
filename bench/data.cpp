#include <cmath>
#include <random>

#include "bench/workloads.h"

namespace bench {
namespace {
std::mt19937& generator() {
  static std::mt19937 random(7);
  return random;
}
}  // namespace

torch::Device& device() {
  static torch::Device there(torch::kCPU);
  return there;
}

torch::Tensor normal(std::vector<int64_t> sizes, double scale) {
  int64_t count = 1;
  for (int64_t size : sizes) count *= size;
  std::vector<float> values(static_cast<size_t>(count));
  for (size_t i = 0; i < values.size(); i += 2) {
    const double u = (generator()() + 1.0) / 4294967297.0, v = generator()() / 4294967296.0;
    const double radius = scale * std::sqrt(-2 * std::log(u)), angle = 6.283185307179586 * v;
    values[i] = static_cast<float>(radius * std::cos(angle));
    if (i + 1 < values.size()) values[i + 1] = static_cast<float>(radius * std::sin(angle));
  }
  torch::Tensor t = torch::from_blob(values.data(), sizes).clone().to(device());
  sync({t});
  return t;
}

torch::Tensor integers(int64_t n, int64_t count) {
  std::vector<int64_t> values;
  for (int64_t i = 0; i < count; ++i)
    values.push_back(static_cast<int64_t>(generator()() % static_cast<uint64_t>(n)));
  return torch::tensor(values).to(device());
}

void fill(torch::nn::Module& module) {
  module.to(device());
  torch::NoGradGuard no_grad;
  for (auto& p : module.parameters()) {
    const double fan_in =
        p.dim() > 1 ? static_cast<double>(p.numel() / p.size(0)) : static_cast<double>(p.numel());
    p.copy_(normal(p.sizes().vec(), 1 / std::sqrt(fan_in)));
  }
}

void sync(const std::vector<torch::Tensor>& tensors) {
#ifdef WEFT_VERSION
  weft::eval(tensors);
#else
  (void)tensors;
#endif
  if (device().is_cuda()) torch::cuda::synchronize();
}
}  // namespace bench
