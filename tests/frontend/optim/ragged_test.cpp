// Batches of any size: kernels take extents as arguments, so that after the first two sizes no code is generated. (An extent
// of one is structure, since it may be broadcast: a batch of one is one of the two.)
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <algorithm>
#include <numeric>
#include <random>

namespace {
namespace nn = torch::nn;
using torch::Tensor;

/// Sizes 1 to 64 in random order, the first two as given.
std::vector<int64_t> sizes(int64_t first, int64_t second, unsigned seed) {
  std::vector<int64_t> all(64);
  std::iota(all.begin(), all.end(), 1);
  std::shuffle(all.begin(), all.end(), std::mt19937(seed));
  std::stable_partition(all.begin(), all.end(), [&](int64_t n) { return n == second; });
  std::stable_partition(all.begin(), all.end(), [&](int64_t n) { return n == first; });
  return all;
}

template <class Batch>
void expect_no_code_after_two(nn::Sequential model, Batch&& batch, const std::vector<int64_t>& sizes) {
  torch::optim::SGD optimizer(model->parameters(), torch::optim::SGDOptions(0.01).momentum(0.9));
  for (size_t i = 0; i < sizes.size(); ++i) {
    Tensor x = batch(sizes[i]), y = torch::randint(0, 10, {sizes[i]});
    weft::eval(x, y);
    weft::clear_ledger();
    optimizer.zero_grad();
    nn::functional::cross_entropy(model->forward(x), y).backward();
    optimizer.step();
    int compiled = 0;
    for (const weft::CompileEntry& entry : weft::ledger().compiles) compiled += entry.kernels_compiled;
    if (i >= 2) EXPECT_EQ(compiled, 0) << "batch of " << sizes[i] << ", number " << i;
  }
}

void mlp(const std::vector<int64_t>& sizes) {
  nn::Sequential model(nn::Linear(784, 64), nn::ReLU(), nn::Linear(64, 48), nn::Tanh(), nn::Linear(48, 10));
  expect_no_code_after_two(model, [](int64_t n) { return torch::randn({n, 784}); }, sizes);
}
void cnn(const std::vector<int64_t>& sizes) {
  nn::Sequential model(nn::Conv2d(1, 20, 5), nn::ReLU(), nn::MaxPool2d(2), nn::Conv2d(20, 50, 5), nn::ReLU(), nn::MaxPool2d(2),
                       nn::Flatten(), nn::Linear(800, 50), nn::ReLU(), nn::Linear(50, 10));
  expect_no_code_after_two(model, [](int64_t n) { return torch::randn({n, 1, 28, 28}); }, sizes);
}

TEST(Ragged, MlpWithALastBatchOfOne) { mlp(sizes(64, 1, 1)); }
TEST(Ragged, MlpFromOneOn) { mlp(sizes(1, 2, 2)); }
TEST(Ragged, CnnWithALastBatchOfOne) { cnn(sizes(64, 1, 3)); }
TEST(Ragged, CnnFromOneOn) { cnn(sizes(1, 2, 4)); }
}  // namespace
