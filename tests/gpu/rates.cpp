// Bytes and products a second, as lines of JSON.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "runtime/cuda/device.h"
#include "tests/gpu/program.h"

namespace gpu {
namespace {
using torch::Tensor;

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void print(const std::string& name, double bytes, double seconds) {
  std::printf("{\"name\": \"%s\", \"gb_s\": %.1f}\n", name.c_str(), bytes / seconds * 1e-9);
  std::fflush(stdout);
}
// `bytes`: that are read and written, each once.
void measure(const std::string& name, double bytes, const std::function<Tensor()>& f) {
  print(name, bytes, seconds_of([&] { weft::eval({f()}); }));
}

void copies(const Tensor& from) {
  Tensor to = torch::empty_like(from);
  weft::eval({from, to});
  const torch::runtime::cuda::Device& d = torch::runtime::cuda::Device::get(0);
  const auto at = [](const Tensor& t) {
    return reinterpret_cast<torch::runtime::cuda::CUdeviceptr>(t.data_ptr());
  };
  const double bytes = static_cast<double>(from.numel()) * 4;
  print("driver's copy", 2 * bytes, seconds_of([&] {
          torch::runtime::cuda::check(
              d.driver.cuMemcpyDtoDAsync(at(to), at(from), from.numel() * 4, d.stream), "copying");
        }));
}

void maps(const Tensor& x, const Tensor& y) {
  const double n = static_cast<double>(x.numel());
  const Tensor h = x.to(torch::kBFloat16);
  weft::eval({h});
  measure("map x + 1, f32", 8 * n, [&] { return x + 1; });
  measure("map relu, bf16", 4 * n, [&] { return torch::relu(h); });
  measure("map x + y, f32", 12 * n, [&] { return x + y; });
  measure("map cast f32 to bf16", 6 * n, [&] { return x.to(torch::kBFloat16); });
  measure("map gelu(x) * y, f32", 12 * n, [&] { return torch::gelu(x, "tanh") * y; });
}

void rows(const Tensor& all, int64_t length) {
  const Tensor x = all.view({-1, length}), h = x.to(torch::kBFloat16);
  weft::eval({h});
  const double n = static_cast<double>(x.numel());
  const std::string of = " of " + std::to_string(length);
  measure("rows sum" + of + ", f32", 4 * n, [&] { return x.sum(-1); });
  measure("rows softmax" + of + ", f32", 8 * n, [&] { return torch::softmax(x, -1); });
  measure("rows softmax" + of + ", bf16", 4 * n, [&] { return torch::softmax(h, -1); });
  measure("rows layer_norm" + of + ", f32", 8 * n,
          [&] { return torch::layer_norm(x, {length}); });
  measure("columns sum" + of + ", f32", 4 * n, [&] { return x.sum(0); });
}
}  // namespace

double seconds_of(const std::function<void()>& call, double batch_seconds) {
  const auto batch = [&](int count) {
    const double start = now();
    for (int i = 0; i < count; ++i) call();
    torch::cuda::synchronize();
    return (now() - start) / count;
  };
  batch(3);
  const int count = std::max(1, static_cast<int>(batch_seconds / std::max(batch(1), 1e-6)));
  double best = batch(count);
  for (int round = 0; round < 4; ++round) best = std::min(best, batch(count));
  return best;
}

int rates(int argc, char** argv) {
  const int64_t n = argc > 1 ? std::atoll(argv[1]) : int64_t(1) << 28;
  const Tensor x = torch::rand({n}, torch::kCUDA), y = torch::rand({n}, torch::kCUDA);
  weft::eval({x, y});
  copies(x);
  maps(x, y);
  for (int64_t length : {1024, 4096, 32768})
    if (n % length == 0) rows(x, length);
  return 0;
}

int product(int argc, char** argv) {
  const int64_t n = argc > 1 ? std::atoll(argv[1]) : 4096;
  const std::string type = argc > 2 ? argv[2] : "bf16";
  const auto dtype = type == "bf16" ? torch::kBFloat16 : torch::kFloat;
  const auto options = torch::TensorOptions().device(torch::kCUDA).dtype(dtype);
  const Tensor a = torch::rand({n, n}, options), b = torch::rand({n, n}, options);
  weft::eval({a, b});
  const double seconds = seconds_of([&] { weft::eval({a.matmul(b)}); });
  const double count = static_cast<double>(n);
  std::printf("{\"size\": %lld, \"type\": \"%s\", \"tflop_s\": %.2f}\n", static_cast<long long>(n),
              type.c_str(), 2 * count * count * count / seconds * 1e-12);
  return 0;
}

int overhead(int, char**) {
  namespace nn = torch::nn;
  const Tensor x = torch::rand({8, 4}, torch::kCUDA), y = torch::rand({8, 1}, torch::kCUDA);
  nn::Sequential model(nn::Linear(4, 16), nn::Tanh(), nn::Linear(16, 16), nn::Tanh(),
                       nn::Linear(16, 1));
  model->to(torch::kCUDA);
  torch::optim::SGD sgd(model->parameters(), torch::optim::SGDOptions(1e-2));
  const auto training = [&] {
    sgd.zero_grad();
    const Tensor loss = torch::mse_loss(model->forward(x), y);
    loss.backward();
    sgd.step();
    weft::eval({loss});
  };
  const auto forward = [&] { weft::eval({torch::relu(x * 2 + 1).sum(), x + 1}); };
  for (const auto& [name, step] :
       {std::pair<const char*, std::function<void()>>{"training step", training},
        {"two kernels", forward}}) {
    const double both = seconds_of(step);
    double host = 1e9;
    for (int round = 0; round < 20; ++round) {  // short enough for the GPU's queue
      torch::cuda::synchronize();
      const double start = now();
      for (int i = 0; i < 20; ++i) step();
      host = std::min(host, (now() - start) / 20);
    }
    std::printf("{\"name\": \"%s\", \"host_us\": %.2f, \"step_us\": %.2f}\n", name, host * 1e6,
                both * 1e6);
  }
  return 0;
}
}  // namespace gpu
