// The same seeds give the same bits on both devices.
#include <cstdio>
#include <string>

#include "tests/gpu/program.h"

namespace gpu {
namespace {
using torch::Tensor;

int64_t different(int64_t n, torch::ScalarType dtype,
                  const std::function<Tensor(const torch::TensorOptions&)>& make) {
  Tensor drawn[2];
  for (int there : {0, 1}) {
    torch::manual_seed(static_cast<uint64_t>(n));
    const torch::Device device = there ? torch::Device("cuda") : torch::Device("cpu");
    drawn[there] = make(torch::TensorOptions().dtype(dtype).device(device)).to(torch::kCPU);
  }
  return drawn[0].ne(drawn[1]).sum().item<int64_t>();
}
}  // namespace

int masks(int, char**) {
  for (int64_t n : {1, 1000, 65537, 1 << 20})
    for (torch::ScalarType dtype : {torch::kFloat, torch::kBFloat16}) {
      const int64_t sum =
          different(n, dtype,
                    [&](const auto& o) {
                      return torch::nn::functional::dropout(
                          torch::ones({n}, o), torch::nn::functional::DropoutFuncOptions().p(0.3));
                    }) +
          different(n, dtype, [&](const auto& o) { return torch::rand({n}, o); }) +
          different(n, dtype, [&](const auto& o) { return torch::full({n}, 0.3, o).bernoulli(); });
      std::printf("{\"elements\": %lld, \"different\": %lld}\n", static_cast<long long>(n),
                  static_cast<long long>(sum));
    }
  return 0;
}
}  // namespace gpu
