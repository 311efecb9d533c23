// AdaptiveLogSoftmaxWithLoss against its definition: the probability of a class is that of its
// cluster times that of the class within it.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <string>

namespace {
namespace nn = torch::nn;
using torch::Tensor;

nn::AdaptiveLogSoftmaxWithLoss make() {
  torch::manual_seed(5);
  return nn::AdaptiveLogSoftmaxWithLoss(
      nn::AdaptiveLogSoftmaxWithLossOptions(16, 20, {4, 10, 15}).div_value(2.0).head_bias(true));
}
// Of one class, by hand.
double log_prob(nn::AdaptiveLogSoftmaxWithLoss& m, const Tensor& x, int64_t row, int64_t target) {
  const std::vector<int64_t> ends = {4, 10, 15, 20};
  const Tensor head = (x[row].matmul(m->head->weight.t()) + m->head->bias).log_softmax(0);
  if (target < 4) return head[target].item<double>();
  size_t i = 1;
  while (target >= ends[i]) ++i;
  const auto layers = m->tail[i - 1]->children();
  const Tensor inner = x[row]
                           .matmul(layers[0]->as<nn::Linear>()->weight.t())
                           .matmul(layers[1]->as<nn::Linear>()->weight.t())
                           .log_softmax(0);
  return head[3 + static_cast<int64_t>(i)].item<double>() +
         inner[target - ends[i - 1]].item<double>();
}

TEST(AdaptiveLogSoftmax, IsTheProductOfTheClustersProbabilityAndTheClasss) {
  auto m = make();
  EXPECT_EQ(m->tail[2]->children()[0]->as<nn::Linear>()->weight.size(0), 2);  // 16 / 2^3
  const Tensor x = torch::randn({6, 16});
  const Tensor y = torch::tensor({0, 3, 4, 9, 14, 19}, torch::kLong);
  const auto [output, loss] = m->forward(x, y);
  double sum = 0;
  for (int64_t i = 0; i < 6; ++i) {
    const double expected = log_prob(m, x, i, y[i].item<int64_t>());
    EXPECT_NEAR(output[i].item<double>(), expected, 1e-5);
    sum -= expected;
  }
  EXPECT_NEAR(loss, sum / 6, 1e-5);
  EXPECT_TRUE(m->log_prob(x).exp().sum(1).allclose(torch::ones({6})));
  EXPECT_TRUE(m->predict(x).equal(m->log_prob(x).argmax(1)));
  EXPECT_NEAR(m->forward(x[2], y[2]).output.item<double>(), output[2].item<double>(), 1e-6);
  EXPECT_EQ(m->predict(x[2]).dim(), 0);
}

TEST(AdaptiveLogSoftmax, Learns) {
  auto m = make();
  const Tensor x = torch::randn({32, 16}), y = torch::randint(20, {32}, torch::kLong);
  torch::optim::Adam adam(m->parameters(), torch::optim::AdamOptions(0.05));
  const double before = m->forward(x, y).loss;
  for (int i = 0; i < 30; ++i) {
    adam.zero_grad();
    (-m->forward(x, y).output.mean()).backward();
    adam.step();
  }
  EXPECT_LT(m->forward(x, y).loss, before / 4);
}

TEST(AdaptiveLogSoftmax, Mistakes) {
  auto m = make();
  const Tensor x = torch::randn({2, 16});
  const auto says = [](const char* expected, auto make) {
    try {
      make();
      ADD_FAILURE() << "nothing was thrown; expected: " << expected;
    } catch (const c10::Error& e) {
      EXPECT_NE(std::string(e.what()).find(expected), std::string::npos) << e.what();
      EXPECT_NE(std::string(e.what()).find("adaptive_softmax_test.cpp:"), std::string::npos);
    }
  };
  says("Target values should be in [0, 19], but values in range [3, 20] were found",
       [&] { m->forward(x, torch::tensor({3, 20}, torch::kLong)); });
  says("Input and target should have the same size in the batch dimension",
       [&] { m->forward(x, torch::tensor({1}, torch::kLong)); });
  says("multi-target not supported", [&] { m->forward(x, torch::ones({2, 1}, torch::kLong)); });
  says("0D target tensor expects 1D input tensors",
       [&] { m->forward(x, torch::tensor(1, torch::kLong)); });
  says("cutoffs should be a sequence of unique, positive integers",
       [] { nn::AdaptiveLogSoftmaxWithLossImpl(nn::AdaptiveLogSoftmaxWithLossOptions(4, 5, {5})); });
}
}  // namespace
