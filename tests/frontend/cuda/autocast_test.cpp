// Mixed precision, on the host and on a GPU.
#include <ATen/autocast_mode.h>

#include "tests/frontend/cuda/cuda.h"

using torch::Tensor;
namespace nn = torch::nn;

namespace {
class On {
 public:
  explicit On(torch::DeviceType type) : type_(type) {
    at::autocast::set_autocast_enabled(type, true);
  }
  ~On() { at::autocast::set_autocast_enabled(type_, false); }

 private:
  torch::DeviceType type_;
};
}  // namespace

TEST(Autocast, Settings) {
  EXPECT_FALSE(at::autocast::is_autocast_enabled(torch::kCPU));
  EXPECT_FALSE(at::autocast::is_autocast_enabled(torch::kCUDA));
  EXPECT_EQ(at::autocast::get_autocast_dtype(torch::kCPU), torch::kBFloat16);
  EXPECT_EQ(at::autocast::get_autocast_dtype(torch::kCUDA), torch::kHalf);
  refuses([] { at::autocast::set_autocast_enabled(torch::kMPS, true); }, {"unknown device type"});
}

TEST(Autocast, OfTheHost) {
  const Tensor x = torch::randn({3, 4}), w = torch::randn({4, 5});
  const On on(torch::kCPU);
  EXPECT_EQ(x.matmul(w).scalar_type(), torch::kBFloat16);
  EXPECT_EQ(torch::linear(x, w.t()).scalar_type(), torch::kBFloat16);
  EXPECT_EQ(torch::conv1d(torch::ones({1, 1, 4}), torch::ones({1, 1, 2})).scalar_type(),
            torch::kBFloat16);
  EXPECT_EQ((x + 1).scalar_type(), torch::kFloat);
  EXPECT_EQ(x.matmul(w).exp().scalar_type(), torch::kBFloat16);  // on no list of the host's
  EXPECT_EQ(torch::mse_loss(x.matmul(w), torch::zeros({3, 5})).scalar_type(), torch::kFloat);
  EXPECT_EQ(x.to(torch::kDouble).matmul(w.to(torch::kDouble)).scalar_type(), torch::kDouble);
  EXPECT_EQ(x.cuda().matmul(w.cuda()).scalar_type(), torch::kFloat);
}

TEST(Autocast, OfGpus) {
  const Tensor x = torch::randn({3, 4}, torch::kCUDA), w = torch::randn({4, 5}, torch::kCUDA);
  const On on(torch::kCUDA);
  const Tensor y = x.matmul(w);
  EXPECT_EQ(y.scalar_type(), torch::kHalf);
  EXPECT_EQ(torch::mm(x, w).scalar_type(), torch::kHalf);
  EXPECT_EQ(y.exp().scalar_type(), torch::kFloat);
  EXPECT_EQ(y.softmax(1).scalar_type(), torch::kFloat);
  EXPECT_EQ(y.sum().scalar_type(), torch::kFloat);
  EXPECT_EQ(y.sum(1).scalar_type(), torch::kFloat);
  EXPECT_EQ(y.pow(2).scalar_type(), torch::kFloat);
  EXPECT_EQ(y.norm().scalar_type(), torch::kFloat);
  EXPECT_EQ(y.relu().scalar_type(), torch::kHalf);
  EXPECT_EQ(torch::layer_norm(y, {5}).scalar_type(), torch::kFloat);
  EXPECT_EQ(torch::einsum("ij,jk->ik", {x, w}).scalar_type(), torch::kHalf);
  EXPECT_EQ(torch::nn::functional::cross_entropy(y, torch::tensor({0, 1, 2}, torch::kCUDA)).scalar_type(),
            torch::kFloat);
  EXPECT_EQ(torch::dot(y[0], w[0]).scalar_type(), torch::kFloat);
  at::autocast::set_autocast_dtype(torch::kCUDA, torch::kBFloat16);
  EXPECT_EQ(x.matmul(w).scalar_type(), torch::kBFloat16);
  at::autocast::set_autocast_dtype(torch::kCUDA, torch::kHalf);
}

TEST(Autocast, Trains) {
  torch::manual_seed(1);
  for (auto type : {torch::kCPU, torch::kCUDA}) {
    nn::Sequential model(nn::Linear(4, 8), nn::ReLU(), nn::LayerNorm(nn::LayerNormOptions({8})),
                         nn::Linear(8, 3));
    model->to(type);
    nn::LSTM lstm(4, 4);
    lstm->to(type);
    torch::optim::SGD sgd(model->parameters(), torch::optim::SGDOptions(0.1));
    const Tensor x = torch::randn({16, 4}).to(type), y = (torch::arange(16) % 3).to(type);
    double first = 0, last = 0;
    for (int i = 0; i < 20; ++i) {
      Tensor loss;
      {
        const On on(type);
        const Tensor in = std::get<0>(lstm(x.unsqueeze(1))).squeeze(1);
        EXPECT_NE(in.scalar_type(), torch::kFloat);
        loss = nn::functional::cross_entropy(model->forward(x), y);
      }
      sgd.zero_grad();
      loss.backward();
      EXPECT_EQ(model->parameters()[0].grad().scalar_type(), torch::kFloat);
      sgd.step();
      last = loss.item<double>();
      if (i == 0) first = last;
    }
    EXPECT_LT(last, first);
  }
}
