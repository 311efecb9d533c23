/// Steps with sizes that change: kernels take extents as arguments, so that after the first two
/// sizes no code is generated.
#pragma once
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

namespace ragged {
using Sizes = std::vector<int64_t>;
using torch::Tensor;

/// All of [least, most] in random order, the first two as given; or some of them.
inline Sizes shuffled(int64_t first, int64_t second, int64_t least, int64_t most, unsigned seed,
                      size_t count = 64) {
  Sizes all(static_cast<size_t>(most - least + 1));
  std::iota(all.begin(), all.end(), least);
  std::shuffle(all.begin(), all.end(), std::mt19937(seed));
  for (int64_t n : {second, first}) {
    all.erase(std::remove(all.begin(), all.end(), n), all.end());
    all.insert(all.begin(), n);
  }
  all.resize(std::min(all.size(), count));
  return all;
}

/// `inputs(size)` are evaluated beforehand, `step(inputs)` is what is looked at.
template <class Inputs, class Step>
void expect_no_code_after_two(const Sizes& sizes, Inputs&& inputs, Step&& step) {
  for (size_t i = 0; i < sizes.size(); ++i) {
    std::vector<Tensor> values = inputs(sizes[i]);
    for (const Tensor& v : values) weft::eval(v);
    weft::clear_ledger();
    step(values);
    int compiled = 0;
    for (const weft::CompileEntry& entry : weft::ledger().compiles)
      compiled += entry.kernels_compiled;
    if (i >= 2) EXPECT_EQ(compiled, 0) << "size " << sizes[i] << ", number " << i;
  }
}

/// Training of a classifier of 10 classes.
template <class Batch>
void expect_training_reuses_code(torch::nn::Sequential model, const Sizes& sizes, Batch&& batch) {
  torch::optim::SGD optimizer(model->parameters(), torch::optim::SGDOptions(0.01).momentum(0.9));
  auto inputs = [&](int64_t n) {
    return std::vector<Tensor>{batch(n), torch::randint(0, 10, {n})};
  };
  expect_no_code_after_two(sizes, inputs, [&](std::vector<Tensor>& v) {
    optimizer.zero_grad();
    torch::nn::functional::cross_entropy(model->forward(v[0]), v[1]).backward();
    optimizer.step();
  });
}
}  // namespace ragged
