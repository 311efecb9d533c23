// Activations and losses, values and gradients.
#pragma once
#include "tests/frontend/golden.h"

namespace golden {
namespace F = torch::nn::functional;

inline void module_activation_cases(const Show& show) {
  auto each = [&](const std::string& name, const std::function<Tensor(Tensor)>& f) {
    Tensor x = leaf({2, 5}, 1);
    with_gradients(show, name, {x}, [&] { return f(x); });
    show(name + ", far out",
         f(torch::tensor(std::vector<double>{-100, -20, -5, 0, 5, 20, 100}, torch::kFloat)));
  };
  Tensor zeros = torch::zeros({3}).requires_grad_();
  with_gradients(show, "logsigmoid at 0", {zeros}, [&] { return F::logsigmoid(zeros); });
  with_gradients(show, "relu at 0", {zeros}, [&] { return F::relu(zeros); });
  with_gradients(show, "binary_cross_entropy_with_logits at 0", {zeros}, [&] {
    return F::binary_cross_entropy_with_logits(zeros, torch::zeros({3}));
  });
  each("relu", [](Tensor x) { return F::relu(x); });
  each("leaky_relu",
       [](Tensor x) { return F::leaky_relu(x, F::LeakyReLUFuncOptions().negative_slope(0.2)); });
  each("sigmoid", [](Tensor x) { return torch::sigmoid(x); });
  each("tanh", [](Tensor x) { return torch::tanh(x); });
  each("logsigmoid", [](Tensor x) { return F::logsigmoid(x); });
  each("gelu", [](Tensor x) { return F::gelu(x); });
  each("gelu tanh", [](Tensor x) { return F::gelu(x, F::GELUFuncOptions().approximate("tanh")); });
  each("softmax", [](Tensor x) { return F::softmax(x, x.dim() - 1); });
  each("log_softmax", [](Tensor x) { return F::log_softmax(x, x.dim() - 1); });
  each("softmax of dim 0", [](Tensor x) { return F::softmax(x, 0); });
  Tensor image = leaf({2, 3, 2, 2}, 2);
  with_gradients(show, "log_softmax over channels", {image},
                 [&] { return F::log_softmax(image, 1); });
  Tensor x = leaf({2, 5}, 1);
  with_gradients(show, "relu in place", {x}, [&] {
    Tensor y = x * 2;
    return F::relu(y, F::ReLUFuncOptions().inplace(true)) + y;
  });
  show("dropout in evaluation",
       F::dropout(x.detach(), F::DropoutFuncOptions().p(0.5).training(false)));
  show("dropout of everything", F::dropout(x.detach(), F::DropoutFuncOptions().p(1)));
}

inline void nll_cases(const Show& show) {
  Tensor x = leaf({4, 3}, 1), planes = leaf({2, 3, 2, 2}, 2), sequence = leaf({2, 3, 4}, 3),
         one = leaf({3}, 4);
  const Tensor w = wave({3}, 5).abs() + 0.1;
  const Tensor t = torch::tensor(std::vector<int64_t>{2, 0, 1, 2}),
               ignored = torch::tensor(std::vector<int64_t>{2, -100, 1, -100});
  const Tensor t2 = torch::tensor(std::vector<int64_t>{0, 1, 2, 1, 2, 2, 0, 1}),
               single = torch::tensor(int64_t{1});
  auto run = [&](const std::string& name, auto reduction) {
    auto nll = F::NLLLossFuncOptions().reduction(reduction);
    auto ce = F::CrossEntropyFuncOptions().reduction(reduction);
    auto weighted = F::NLLLossFuncOptions().reduction(reduction).weight(w);
    with_gradients(show, "nll_loss " + name, {x}, [&] { return F::nll_loss(x, t, nll); });
    with_gradients(show, "nll_loss weighted " + name, {x},
                   [&] { return F::nll_loss(x, t, weighted); });
    with_gradients(show, "nll_loss ignoring " + name, {x},
                   [&] { return F::nll_loss(x, ignored, weighted); });
    with_gradients(show, "nll_loss of planes " + name, {planes},
                   [&] { return F::nll_loss(planes, t2.reshape({2, 2, 2}), nll); });
    with_gradients(show, "nll_loss of sequences " + name, {sequence},
                   [&] { return F::nll_loss(sequence, t2.reshape({2, 4}), weighted); });
    with_gradients(show, "cross_entropy " + name, {x}, [&] { return F::cross_entropy(x, t, ce); });
    with_gradients(show, "cross_entropy ignoring " + name, {x},
                   [&] { return F::cross_entropy(x, ignored, ce); });
    with_gradients(show, "cross_entropy of one " + name, {one},
                   [&] { return F::cross_entropy(one, single, ce); });
    with_gradients(show, "cross_entropy of planes " + name, {planes},
                   [&] { return F::cross_entropy(planes, t2.reshape({2, 2, 2}), ce); });
    with_gradients(show, "cross_entropy smoothed " + name, {x}, [&] {
      return F::cross_entropy(
          x, ignored, F::CrossEntropyFuncOptions().reduction(reduction).label_smoothing(0.2));
    });
    with_gradients(show, "cross_entropy smoothed and weighted " + name, {x}, [&] {
      return F::cross_entropy(
          x, t, F::CrossEntropyFuncOptions().reduction(reduction).label_smoothing(0.2).weight(w));
    });
    const Tensor p = F::softmax(wave({4, 3}, 6), 1);
    with_gradients(show, "cross_entropy of probabilities " + name, {x}, [&] {
      return F::cross_entropy(
          x, p, F::CrossEntropyFuncOptions().reduction(reduction).label_smoothing(0.1).weight(w));
    });
  };
  run("mean", torch::kMean);
  run("sum", torch::kSum);
  run("none", torch::kNone);
  show("cross_entropy of large logits", F::cross_entropy(wave({4, 3}, 1) * 1000, t));
}

inline void module_loss_cases(const Show& show) {
  Tensor x = leaf({2, 3}, 1), t = wave({2, 3}, 2), w = wave({3}, 3).abs();
  Tensor probability = torch::sigmoid(wave({2, 3}, 4)).detach().requires_grad_(),
         target = torch::sigmoid(t);
  auto run = [&](const std::string& name, auto reduction) {
    with_gradients(show, "mse_loss " + name, {x},
                   [&] { return F::mse_loss(x, t, F::MSELossFuncOptions(reduction)); });
    with_gradients(show, "l1_loss " + name, {x},
                   [&] { return F::l1_loss(x, t, F::L1LossFuncOptions(reduction)); });
    with_gradients(show, "binary_cross_entropy " + name, {probability}, [&] {
      return F::binary_cross_entropy(
          probability, target, F::BinaryCrossEntropyFuncOptions().reduction(reduction).weight(w));
    });
    with_gradients(show, "binary_cross_entropy_with_logits " + name, {x}, [&] {
      return F::binary_cross_entropy_with_logits(
          x, target,
          F::BinaryCrossEntropyWithLogitsFuncOptions().reduction(reduction).weight(w).pos_weight(
              w + 1));
    });
  };
  run("mean", torch::kMean);
  run("sum", torch::kSum);
  run("none", torch::kNone);
  show("binary_cross_entropy at the ends",
       F::binary_cross_entropy(torch::tensor(std::vector<double>{0, 0, 1, 1}, torch::kFloat),
                               torch::tensor(std::vector<double>{0, 1, 0, 1}, torch::kFloat),
                               F::BinaryCrossEntropyFuncOptions().reduction(torch::kNone)));
  show("binary_cross_entropy_with_logits far out",
       F::binary_cross_entropy_with_logits(
           torch::tensor(std::vector<double>{-200, 200, -200, 200}, torch::kFloat),
           torch::tensor(std::vector<double>{0, 0, 1, 1}, torch::kFloat),
           F::BinaryCrossEntropyWithLogitsFuncOptions().reduction(torch::kNone)));
}

inline void init_cases(const Show& show) {
  namespace init = torch::nn::init;
  auto number = [&](const std::string& name, double value) {
    show(name, torch::tensor(value, torch::kDouble));
  };
  number("gain of linear", init::calculate_gain(torch::kLinear));
  number("gain of tanh", init::calculate_gain(torch::kTanh));
  number("gain of relu", init::calculate_gain(torch::kReLU));
  number("gain of leaky relu", init::calculate_gain(torch::kLeakyReLU, 0.3));
  show("eye_", init::eye_(wave({2, 3}, 1)));
  show("dirac_", init::dirac_(wave({2, 3, 3, 2}, 1)));
  show("constant_", init::constant_(wave({2}, 1), 0.5));
}
}  // namespace golden
