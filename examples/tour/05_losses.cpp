// Losses: how far a prediction is from the target. Training makes them small.
#include <torch/torch.h>

#include <iostream>

namespace nn = torch::nn;
using torch::Tensor;

static void regression() {
  std::cout << "--- 5 MSELoss\n";
  nn::MSELoss loss_fn;
  Tensor input = torch::randn({3, 5}, torch::requires_grad());
  Tensor target = torch::randn({3, 5});
  Tensor loss = loss_fn(input, target);
  loss.backward();
  std::cout << "the gradient is 2 (input - target) / 15: " << std::boolalpha
            << torch::allclose(input.grad(), 2 * (input.detach() - target) / 15, 1e-4, 1e-6) << "\n";

  Tensor x = torch::tensor({1.0, 2.0, 6.0}), y = torch::tensor({1.5, 2.0, 3.0});
  std::cout << "mean " << nn::MSELoss()(x, y).item<float>() << ", sum "
            << nn::MSELoss(nn::MSELossOptions(torch::kSum))(x, y).item<float>() << ", each\n"
            << nn::MSELoss(nn::MSELossOptions(torch::kNone))(x, y) << "\n";
  std::cout << "L1Loss " << nn::L1Loss()(x, y).item<float>() << ", SmoothL1Loss "
            << nn::SmoothL1Loss()(x, y).item<float>() << ", HuberLoss "
            << nn::HuberLoss()(x, y).item<float>() << "\n";
}

static void classification() {
  std::cout << "--- 5 CrossEntropyLoss\n";
  nn::CrossEntropyLoss loss_fn;
  Tensor input_logits = torch::randn({3, 5}, torch::requires_grad());  // 3 samples, 5 classes
  Tensor target_labels = torch::empty({3}, torch::kLong).random_(5);   // the right class of each
  Tensor loss = loss_fn(input_logits, target_labels);
  loss.backward();
  std::cout << "gradients of a sample sum to 0: " << std::boolalpha
            << torch::allclose(input_logits.grad().sum(1), torch::zeros({3}), 0, 1e-6) << "\n";

  Tensor logits = torch::tensor({{2.0, 0.5, -1.0}, {0.0, 1.0, 0.0}, {0.3, 0.3, 0.3}});
  Tensor labels = torch::tensor({0, 2, 1});
  auto with = [&](nn::CrossEntropyLossOptions options) {
    return nn::CrossEntropyLoss(options)(logits, labels).item<float>();
  };
  std::cout << "plain " << with({}) << "\n";
  std::cout << "class weights "
            << with(nn::CrossEntropyLossOptions().weight(torch::tensor({1.0f, 1.0f, 3.0f}))) << "\n";
  std::cout << "ignoring class 2 " << with(nn::CrossEntropyLossOptions().ignore_index(2)) << "\n";
  std::cout << "smoothed labels " << with(nn::CrossEntropyLossOptions().label_smoothing(0.1))
            << "\n";
  std::cout << "NLLLoss of log_softmax is the same: "
            << nn::NLLLoss()(torch::log_softmax(logits, 1), labels).item<float>() << "\n";
}

static void binary() {
  std::cout << "--- 5 BCELoss, BCEWithLogitsLoss\n";
  Tensor logits = torch::tensor({-1.0, 0.0, 2.0}), target = torch::tensor({0.0, 1.0, 1.0});
  std::cout << nn::BCELoss()(torch::sigmoid(logits), target).item<float>() << " = "
            << nn::BCEWithLogitsLoss()(logits, target).item<float>() << "\n";
  nn::BCEWithLogitsLoss weighted(
      nn::BCEWithLogitsLossOptions().pos_weight(torch::tensor({4.0f})));
  std::cout << "positives four times " << weighted(logits, target).item<float>() << "\n";
}

static void others() {
  std::cout << "--- 5 Others\n";
  Tensor a = torch::tensor({{1.0, 0.0}, {0.5, 0.5}}), b = torch::tensor({{0.8, 0.1}, {0.0, 1.0}}),
         c = torch::tensor({{0.0, 1.0}, {1.0, 0.0}});
  nn::KLDivLoss divergence{nn::KLDivLossOptions(torch::kBatchMean)};
  std::cout << "KLDivLoss " << divergence(torch::log_softmax(a, 1), torch::softmax(b, 1)).item<float>()
            << "\n";
  Tensor first = torch::tensor({0.2, 0.9}), second = torch::tensor({0.5, 0.1}),
         sign = torch::tensor({1.0, -1.0});
  std::cout << "MarginRankingLoss " << nn::MarginRankingLoss()(first, second, sign).item<float>()
            << "\n";
  std::cout << "HingeEmbeddingLoss " << nn::HingeEmbeddingLoss()(first, sign).item<float>() << "\n";
  std::cout << "TripletMarginLoss " << nn::TripletMarginLoss()(a, b, c).item<float>() << "\n";
  std::cout << "CosineEmbeddingLoss " << nn::CosineEmbeddingLoss()(a, b, sign).item<float>() << "\n";
}

int main() {
  regression();
  classification();
  binary();
  others();
}
