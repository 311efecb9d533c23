// Models in half precision learn; both tiers give the same bits at every step.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cstring>

#include "runtime/trace/knobs.h"

namespace {
using torch::Tensor;
using torch::runtime::Knobs;
namespace nn = torch::nn;

nn::Sequential mlp() {
  return nn::Sequential(nn::Linear(8, 32), nn::LayerNorm(nn::LayerNormOptions({32})), nn::GELU(),
                        nn::Linear(32, 4));
}
nn::Sequential cnn() {
  return nn::Sequential(nn::Conv2d(nn::Conv2dOptions(1, 6, 3).padding(1)), nn::ReLU(),
                        nn::MaxPool2d(2), nn::Flatten(), nn::Linear(6 * 16, 4));
}

// The losses of some steps, then all parameters, as bits.
std::vector<float> train(nn::Sequential model, const Tensor& x, torch::ScalarType type) {
  model->to(type);
  for (const Tensor& p : model->parameters()) EXPECT_EQ(p.scalar_type(), type);
  const Tensor target = torch::arange(x.size(0)).remainder(4);
  torch::optim::SGD sgd(model->parameters(), torch::optim::SGDOptions(0.1).momentum(0.9));
  std::vector<float> seen;
  for (int step = 0; step < 25; ++step) {
    sgd.zero_grad();
    const Tensor y = model->forward(x.to(type));
    EXPECT_EQ(y.scalar_type(), type);
    const Tensor loss = torch::nn::functional::cross_entropy(y, target);
    EXPECT_EQ(loss.scalar_type(), type);
    loss.backward();
    sgd.step();
    seen.push_back(loss.item<float>());
  }
  for (const Tensor& p : model->parameters()) {
    EXPECT_EQ(p.grad().scalar_type(), type);
    const Tensor flat = p.detach().to(torch::kFloat).reshape({-1});
    for (int64_t i = 0; i < flat.numel(); ++i) seen.push_back(flat[i].item<float>());
  }
  return seen;
}

std::vector<float> train_in(Knobs::Tier tier, nn::Sequential (*make)(), std::vector<int64_t> sizes,
                            torch::ScalarType type) {
  const Knobs before = torch::runtime::knobs();
  Knobs knobs = before;
  knobs.tier = tier;
  torch::runtime::set_knobs(knobs);
  torch::manual_seed(3);
  const Tensor x = torch::randn(sizes);
  std::vector<float> seen = train(make(), x, type);
  torch::runtime::set_knobs(before);
  return seen;
}

void expect_learns(nn::Sequential (*make)(), const std::vector<int64_t>& sizes) {
  for (auto type : {torch::kBFloat16, torch::kHalf}) {
    const std::vector<float> compiled = train_in(Knobs::Tier::compile, make, sizes, type),
                             reference = train_in(Knobs::Tier::reference, make, sizes, type);
    EXPECT_LT(compiled[24], 0.5f * compiled[0]) << type;
    ASSERT_EQ(compiled.size(), reference.size());
    EXPECT_EQ(std::memcmp(compiled.data(), reference.data(), 4 * compiled.size()), 0) << type;
  }
}

TEST(HalfTraining, AnMlpLearns) { expect_learns(mlp, {16, 8}); }
TEST(HalfTraining, AConvolutionalNetLearns) { expect_learns(cnn, {8, 1, 8, 8}); }

TEST(HalfTraining, FloatsInTheModelMeetHalves) {
  nn::Linear layer(3, 2);
  layer->to(torch::kBFloat16);
  EXPECT_THROW(layer->forward(torch::ones({1, 3})), c10::Error);
  layer->to(torch::kFloat);
  EXPECT_EQ(layer->forward(torch::ones({1, 3})).scalar_type(), torch::kFloat);
}
}  // namespace
