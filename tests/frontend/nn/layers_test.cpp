// Layers: shapes, parameters, printed text, what they refuse.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>
#include <sstream>

#include "tests/frontend/nn/throws.h"

namespace {
using torch::Tensor;
namespace nn = torch::nn;

template <class Printable>
std::string text(const Printable& module) {
  std::ostringstream out;
  out << module;
  return out.str();
}
template <class Holder>
int64_t parameters(const Holder& module) {
  int64_t count = 0;
  for (const Tensor& p : module->parameters()) count += p.numel();
  return count;
}
using Sizes = std::vector<int64_t>;

TEST(Layers, Text) {
  EXPECT_EQ(text(nn::Linear(3, 4)), "torch::nn::Linear(in_features=3, out_features=4, bias=true)");
  EXPECT_EQ(text(nn::Linear(nn::LinearOptions(3, 4).bias(false))),
            "torch::nn::Linear(in_features=3, out_features=4, bias=false)");
  EXPECT_EQ(text(nn::Conv1d(3, 4, 5)), "torch::nn::Conv1d(3, 4, kernel_size=5, stride=1)");
  EXPECT_EQ(text(nn::Conv2d(1, 20, 5)),
            "torch::nn::Conv2d(1, 20, kernel_size=[5, 5], stride=[1, 1])");
  EXPECT_EQ(text(nn::Conv2d(nn::Conv2dOptions(2, 4, {5, 6})
                                .stride({1, 2})
                                .padding({2, 3})
                                .dilation(2)
                                .groups(2)
                                .bias(false))),
            "torch::nn::Conv2d(2, 4, kernel_size=[5, 6], stride=[1, 2], padding=[2, 3], "
            "dilation=[2, 2], groups=2, bias=false)");
  EXPECT_EQ(text(nn::Conv2d(
                nn::Conv2dOptions(1, 1, 3).padding(torch::kSame).padding_mode(torch::kReflect))),
            "torch::nn::Conv2d(1, 1, kernel_size=[3, 3], stride=[1, 1], padding='same', "
            "padding_mode=kReflect)");
  EXPECT_EQ(text(nn::Conv3d(4, 4, 2)),
            "torch::nn::Conv3d(4, 4, kernel_size=[2, 2, 2], stride=[1, 1, 1])");
  EXPECT_EQ(
      text(nn::MaxPool1d(5)),
      "torch::nn::MaxPool1d(kernel_size=5, stride=5, padding=0, dilation=1, ceil_mode=false)");
  EXPECT_EQ(text(nn::MaxPool2d(nn::MaxPool2dOptions(5).stride({1, 2}))),
            "torch::nn::MaxPool2d(kernel_size=[5, 5], stride=[1, 2], padding=[0, 0], dilation=[1, "
            "1], ceil_mode=false)");
  EXPECT_EQ(text(nn::AvgPool2d(3)),
            "torch::nn::AvgPool2d(kernel_size=[3, 3], stride=[3, 3], padding=[0, 0])");
  EXPECT_EQ(text(nn::ReLU()), "torch::nn::ReLU()");
  EXPECT_EQ(text(nn::ReLU(nn::ReLUOptions().inplace(true))), "torch::nn::ReLU(inplace=true)");
  EXPECT_EQ(text(nn::LeakyReLU()), "torch::nn::LeakyReLU(negative_slope=0.01)");
  EXPECT_EQ(text(nn::Sigmoid()), "torch::nn::Sigmoid()");
  EXPECT_EQ(text(nn::Tanh()), "torch::nn::Tanh()");
  EXPECT_EQ(text(nn::GELU()), "torch::nn::GELU()");
  EXPECT_EQ(text(nn::Softmax(1)), "torch::nn::Softmax(dim=1)");
  EXPECT_EQ(text(nn::LogSoftmax(-1)), "torch::nn::LogSoftmax(dim=-1)");
  EXPECT_EQ(text(nn::Dropout(0.25)), "torch::nn::Dropout(p=0.25, inplace=false)");
  EXPECT_EQ(text(nn::Flatten()), "torch::nn::Flatten(start_dim=1, end_dim=-1)");
  EXPECT_EQ(text(nn::Identity()), "torch::nn::Identity()");
  EXPECT_EQ(
      text(nn::BatchNorm2d(4)),
      "torch::nn::BatchNorm2d(4, eps=1e-05, momentum=0.1, affine=true, track_running_stats=true)");
  EXPECT_EQ(text(nn::BatchNorm1d(nn::BatchNorm1dOptions(4).momentum(std::nullopt).affine(false))),
            "torch::nn::BatchNorm1d(4, eps=1e-05, momentum=None, affine=false, "
            "track_running_stats=true)");
  EXPECT_EQ(text(nn::LayerNorm(nn::LayerNormOptions({2, 3}))),
            "torch::nn::LayerNorm([2, 3], eps=1e-05, elementwise_affine=true)");
  EXPECT_EQ(text(nn::CrossEntropyLoss()), "torch::nn::CrossEntropyLoss()");
  EXPECT_EQ(text(nn::NLLLoss()), "torch::nn::NLLLoss()");
}

TEST(Layers, TextOfATree) {
  nn::Sequential net(nn::Conv2d(1, 2, 3), nn::ReLU());
  EXPECT_EQ(text(net),
            "torch::nn::Sequential(\n"
            "  (0): torch::nn::Conv2d(1, 2, kernel_size=[3, 3], stride=[1, 1])\n"
            "  (1): torch::nn::ReLU()\n"
            ")");
  struct Outer : nn::Module {
    Outer() {
      register_module("body", nn::Sequential(nn::Linear(1, 2)));
      register_module("head", nn::ModuleList(nn::Tanh()));
    }
  };
  const std::string outer = text(Outer());  // in front, the compiler's name of a local class
  EXPECT_EQ(outer.substr(outer.find("(\n")),
            "(\n"
            "  (body): torch::nn::Sequential(\n"
            "    (0): torch::nn::Linear(in_features=1, out_features=2, bias=true)\n"
            "  )\n"
            "  (head): torch::nn::ModuleList(\n"
            "    (0): torch::nn::Tanh()\n"
            "  )\n"
            ")");
}

TEST(Layers, ShapesAndParameters) {
  nn::Linear fc(5, 3);
  EXPECT_EQ(parameters(fc), 18);
  EXPECT_EQ(fc(torch::ones({2, 7, 5})).sizes(), (Sizes{2, 7, 3}));
  nn::Conv1d c1(2, 4, 3);
  EXPECT_EQ(parameters(c1), 28);
  EXPECT_EQ(c1(torch::ones({2, 2, 9})).sizes(), (Sizes{2, 4, 7}));
  nn::Conv2d c2(nn::Conv2dOptions(4, 6, {3, 5}).stride(2).padding({1, 2}).groups(2));
  EXPECT_EQ(c2->weight.sizes(), (Sizes{6, 2, 3, 5}));
  EXPECT_EQ(c2(torch::ones({1, 4, 8, 8})).sizes(), (Sizes{1, 6, 4, 4}));
  EXPECT_EQ(nn::Conv3d(1, 2, 2)(torch::ones({1, 1, 3, 4, 5})).sizes(), (Sizes{1, 2, 2, 3, 4}));
  EXPECT_EQ(nn::MaxPool2d(2)(torch::ones({1, 3, 7, 6})).sizes(), (Sizes{1, 3, 3, 3}));
  EXPECT_EQ(nn::Flatten()(torch::ones({2, 3, 4})).sizes(), (Sizes{2, 12}));
  EXPECT_EQ(
      nn::Flatten(nn::FlattenOptions().start_dim(0).end_dim(1))(torch::ones({2, 3, 4})).sizes(),
      (Sizes{6, 4}));
  nn::BatchNorm2d bn(3);
  EXPECT_EQ(parameters(bn), 6);
  EXPECT_EQ(bn->buffers().size(), 3u);
  EXPECT_EQ(bn->num_batches_tracked.scalar_type(), torch::kLong);
  EXPECT_EQ(parameters(nn::LayerNorm(nn::LayerNormOptions({2, 3}))), 12);
}

// The first training step is the graph of all others: what a layer carries from step to step is no
// expression in it.
TEST(Layers, RunningStatisticsAreValuesFromTheStart) {
  nn::BatchNorm2d bn(nn::BatchNorm2dOptions(3).affine(false));
  torch::clear_ledger();
  for (const Tensor& t : {bn->running_mean, bn->running_var, bn->num_batches_tracked}) weft::eval(t);
  EXPECT_EQ(torch::ledger().barrier_count, 0u);
  EXPECT_EQ(bn->running_var.sum().item<float>(), 3);
}

// Functions of several ops give tensors of their own, whatever their last op is.
TEST(Layers, ResultsAreNoViews) {
  namespace F = nn::functional;
  const Tensor table = torch::ones({4, 3}), at = torch::zeros({2}, torch::kLong),
               image = torch::ones({1, 2, 5, 5});
  const Tensor results[] = {
      F::embedding(at, table),
      torch::bilinear(table, table, torch::ones({2, 3, 3}), {}),
      F::avg_pool2d(image, F::AvgPool2dFuncOptions(2)),
      F::adaptive_avg_pool2d(image, F::AdaptiveAvgPool2dFuncOptions(5)),
      F::grid_sample(image, torch::zeros({1, 3, 3, 2})),
      table.gather(0, torch::zeros({0, 3}, torch::kLong)),
  };
  for (Tensor t : results) {
    EXPECT_FALSE(t.is_view());
    t.detach_();
  }
  Tensor row = torch::ones({3}).requires_grad_();
  row.gather(0, torch::zeros({0}, torch::kLong)).mul_(2);
}

TEST(Layers, EmptyBatches) {
  EXPECT_EQ(nn::Linear(5, 3)(torch::ones({0, 5})).sizes(), (Sizes{0, 3}));
  EXPECT_EQ(nn::Conv2d(1, 2, 3)(torch::ones({0, 1, 5, 5})).sizes(), (Sizes{0, 2, 3, 3}));
  EXPECT_EQ(nn::MaxPool2d(2)(torch::ones({0, 1, 4, 4})).sizes(), (Sizes{0, 1, 2, 2}));
}

TEST(Layers, Refuse) {
  expect_throw("mat1 and mat2 shapes cannot be multiplied (64x128 and 256x10)",
               [] { nn::Linear(256, 10)(torch::ones({64, 128})); });
  expect_throw("expected input[2, 3, 8, 8] to have 1 channels, but got 3 channels instead",
               [] { nn::Conv2d(1, 2, 3)(torch::ones({2, 3, 8, 8})); });
  expect_throw("Kernel size can't be greater than actual input size",
               [] { nn::Conv2d(1, 2, 5)(torch::ones({2, 1, 3, 3})); });
  expect_throw("in_channels must be divisible by groups",
               [] { nn::Conv2d(nn::Conv2dOptions(3, 4, 1).groups(2)); });
  expect_throw("padding='same' is not supported for strided convolutions",
               [] { nn::Conv2d(nn::Conv2dOptions(1, 1, 3).stride(2).padding(torch::kSame)); });
  expect_throw("expected 4D input (got 2D input)", [] { nn::BatchNorm2d(3)(torch::ones({2, 3})); });
  expect_throw("Expected more than 1 value per channel when training",
               [] { nn::BatchNorm1d(3)(torch::ones({1, 3})); });
  expect_throw("dropout probability has to be between 0 and 1, but got 1.5",
               [] { nn::Dropout(1.5); });
  expect_throw("Expected 2 values, but instead got 3",
               [] { nn::Conv2d(nn::Conv2dOptions(1, 1, {1, 2, 3})); });
  expect_throw("Given normalized_shape=[4]",
               [] { nn::LayerNorm(nn::LayerNormOptions({4}))(torch::ones({2, 3})); });
  const Tensor x = torch::ones({2, 3}), t = torch::ones({3}, torch::kLong);
  expect_throw("size mismatch (got input: [2, 3], target: [3])", [&] { torch::nll_loss(x, t); });
  expect_throw("Expected input batch_size (2) to match target batch_size (3).",
               [&] { nn::functional::nll_loss(x, t); });
  expect_throw("Expected input batch_size (2) to match target batch_size (3).",
               [&] { nn::CrossEntropyLoss()(x, t); });
  expect_throw(
      "weight tensor should be defined either for all 3 classes or no classes but got weight "
      "tensor of shape: [2]",
      [&] {
        nn::NLLLoss(nn::NLLLossOptions().weight(torch::ones({2})))(x,
                                                                   torch::ones({2}, torch::kLong));
      });
}

TEST(Layers, DropoutZeroesAndScales) {
  torch::manual_seed(3);
  nn::Dropout dropout(0.25);
  const Tensor x = torch::ones({10000}), y = dropout(x);
  const double zeros = (y == 0).sum().item<double>() / 10000;
  EXPECT_NEAR(zeros, 0.25, 0.02);
  EXPECT_TRUE(torch::allclose(
      y.masked_select(y != 0),
      torch::full({static_cast<int64_t>((y != 0).sum().item<int64_t>())}, 1 / 0.75f)));
  dropout->eval();
  EXPECT_TRUE(torch::equal(dropout(x), x));
}

TEST(Layers, DefaultInitialisation) {
  torch::manual_seed(1);
  nn::Linear fc(100, 400);
  // kaiming_uniform_ with a = sqrt(5) is uniform in +-1 / sqrt(fan_in).
  const float bound = 0.1f;
  EXPECT_LE(fc->weight.abs().max().item<float>(), bound);
  EXPECT_GT(fc->weight.abs().max().item<float>(), 0.99f * bound);
  EXPECT_NEAR(fc->weight.mean().item<float>(), 0, 0.002);
  EXPECT_NEAR(fc->weight.std().item<float>(), bound / std::sqrt(3.f), 0.002);
  EXPECT_LE(fc->bias.abs().max().item<float>(), bound);
  nn::Conv2d conv(4, 50, 5);
  EXPECT_LE(conv->weight.abs().max().item<float>(), 0.1f);
  EXPECT_GT(conv->bias.abs().max().item<float>(), 0.05f);
  nn::BatchNorm1d bn(3);
  EXPECT_TRUE(torch::equal(bn->weight, torch::ones({3})));
  EXPECT_TRUE(torch::equal(bn->running_var, torch::ones({3})));
}

TEST(Layers, Initialisers) {
  torch::manual_seed(1);
  namespace init = torch::nn::init;
  const Tensor w = torch::empty({200, 100});
  EXPECT_NEAR(init::xavier_uniform_(w).abs().max().item<float>(), std::sqrt(6.f / 300), 1e-3);
  EXPECT_NEAR(init::xavier_normal_(w, 2).std().item<float>(), 2 * std::sqrt(2.f / 300), 2e-3);
  EXPECT_NEAR(init::kaiming_normal_(w, 0, torch::kFanOut, torch::kReLU).std().item<float>(), 0.1,
              2e-3);
  EXPECT_NEAR(init::normal_(w, 3, 0.5).mean().item<float>(), 3, 0.02);
  EXPECT_EQ(init::constant_(w, 4).sum().item<float>(), 80000);
  expect_throw("Fan in and fan out cannot be computed for tensor with fewer than 2 dimensions",
               [] { init::kaiming_uniform_(torch::empty({3})); });
}
}  // namespace
