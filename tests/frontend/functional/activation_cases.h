// Activations: functions, functionals and modules, values and gradients, far out and at kinks.
#pragma once
#include <limits>

#include "tests/frontend/golden.h"

namespace golden {
namespace F = torch::nn::functional;
using Function = std::function<Tensor(Tensor)>;

inline Tensor numbers(const std::vector<double>& values) {
  return torch::tensor(values, torch::kFloat).requires_grad_();
}

// On numbers without a pattern, at kinks, and out to where floats end. At infinity libtorch has nan
// for some that have a limit there, as here.
enum class Infinity { same, limit };
inline void activation(const Show& show, const std::string& name, const Function& f,
                       Infinity infinity = Infinity::same) {
  const double inf = std::numeric_limits<double>::infinity();
  Tensor x = leaf({3, 4}, 1);
  with_gradients(show, name, {x}, [&] { return f(x); });
  Tensor kinks = numbers({-6, -3, -1, -0.5, -0.0, 0, 0.5, 1, 3, 6});
  with_gradients(show, name + " at kinks", {kinks}, [&] { return f(kinks); });
  Tensor ends = numbers({-1e4, -88, -20, 20, 88, 1e4});
  with_gradients(show, name + " far out", {ends}, [&] { return f(ends); });
  show(name + " of nan", f(numbers({std::numeric_limits<double>::quiet_NaN()})));
  if (infinity == Infinity::limit) return;
  Tensor infinite = numbers({-inf, inf});
  with_gradients(show, name + " at infinity", {infinite}, [&] { return f(infinite); });
}
// What is small there is right too: logarithms compare all digits.
inline void tail(const Show& show, const std::string& name, const Function& f) {
  Tensor x = numbers({-85, -30, -20, -10, -6});
  const Tensor y = f(x);
  y.sum().backward();
  show(name + ", logarithms of its tail", y.detach().abs().log());
  show(name + ", logarithms of the tail's gradient", x.grad().abs().log());
}

inline void smooth_cases(const Show& show) {
  activation(show, "elu", [](Tensor x) { return F::elu(x); });
  activation(show, "elu of alpha",
             [](Tensor x) { return F::elu(x, F::ELUFuncOptions().alpha(0.3)); });
  activation(show, "elu of three scales", [](Tensor x) { return torch::elu(x, 0.7, 1.3, 0.4); });
  activation(show, "celu", [](Tensor x) { return F::celu(x, F::CELUFuncOptions().alpha(1.5)); });
  activation(show, "selu", [](Tensor x) { return F::selu(x); });
  activation(show, "gelu", [](Tensor x) { return F::gelu(x); }, Infinity::limit);
  activation(show, "gelu tanh",
             [](Tensor x) { return F::gelu(x, F::GELUFuncOptions().approximate("tanh")); });
  activation(show, "silu", [](Tensor x) { return F::silu(x); }, Infinity::limit);
  activation(show, "mish", [](Tensor x) { return F::mish(x); }, Infinity::limit);
  activation(show, "softplus", [](Tensor x) { return F::softplus(x); });
  activation(show, "softplus of beta", [](Tensor x) {
    return F::softplus(x, F::SoftplusFuncOptions().beta(0.5).threshold(2));
  });
  activation(show, "softsign", [](Tensor x) { return F::softsign(x); });
  activation(show, "tanhshrink", [](Tensor x) { return F::tanhshrink(x); });
  activation(show, "logsigmoid", [](Tensor x) { return F::logsigmoid(x); });
  activation(show, "sigmoid", [](Tensor x) { return torch::sigmoid(x); });
  activation(show, "tanh", [](Tensor x) { return torch::tanh(x); });
  tail(show, "elu", [](Tensor x) { return F::elu(x); });
  tail(show, "celu", [](Tensor x) { return F::celu(x, F::CELUFuncOptions().alpha(2)); });
  tail(show, "selu", [](Tensor x) { return F::selu(x); });
  tail(show, "silu", [](Tensor x) { return F::silu(x); });
  tail(show, "softplus", [](Tensor x) { return F::softplus(x); });
  tail(show, "mish", [](Tensor x) { return F::mish(x); });
  tail(show, "sigmoid", [](Tensor x) { return torch::sigmoid(x); });
  tail(show, "logsigmoid from above", [](Tensor x) { return F::logsigmoid(-x); });
}

inline void piecewise_cases(const Show& show) {
  activation(show, "relu", [](Tensor x) { return F::relu(x); });
  activation(show, "relu6", [](Tensor x) { return F::relu6(x); });
  activation(show, "leaky_relu", [](Tensor x) { return F::leaky_relu(x); });
  activation(show, "rrelu in evaluation", [](Tensor x) { return F::rrelu(x); });
  activation(show, "rrelu of one slope", [](Tensor x) {
    return F::rrelu(x, F::RReLUFuncOptions().lower(0.25).upper(0.25).training(true));
  });
  activation(show, "hardtanh", [](Tensor x) { return F::hardtanh(x); });
  activation(show, "hardtanh of bounds", [](Tensor x) {
    return F::hardtanh(x, F::HardtanhFuncOptions().min_val(-0.5).max_val(3));
  });
  activation(show, "hardsigmoid", [](Tensor x) { return torch::hardsigmoid(x); });
  activation(show, "hardswish", [](Tensor x) { return torch::hardswish(x); }, Infinity::limit);
  activation(show, "hardshrink", [](Tensor x) { return F::hardshrink(x); });
  activation(show, "softshrink", [](Tensor x) { return F::softshrink(x, 1); });
  activation(show, "threshold",
             [](Tensor x) { return F::threshold(x, F::ThresholdFuncOptions(0.5, 7)); });
  for (int64_t slopes : {1, 4}) {
    Tensor x = leaf({3, 4}, 1), images = leaf({2, 4, 2, 2}, 2), w = leaf({slopes}, 3);
    const std::string name = "prelu of " + std::to_string(slopes);
    with_gradients(show, name, {x, w}, [&] { return F::prelu(x, w); });
    with_gradients(show, name + ", images", {images, w}, [&] { return F::prelu(images, w); });
    Tensor ends = numbers({-1e4, -20, 0, 20, 1e4, std::numeric_limits<double>::infinity()});
    Tensor one = numbers({0.25});
    with_gradients(show, name + ", far out", {ends, one}, [&] { return F::prelu(ends, one); });
  }
  Tensor x = leaf({3, 4}, 1), w = leaf({4}, 3);
  with_gradients(show, "prelu, a member", {x, w}, [&] { return x.prelu(w); });
  with_gradients(show, "hardshrink, a member", {x}, [&] { return x.hardshrink(0.7); });
  const Tensor whole = torch::arange(-4, 5);
  show("relu6 of integers", F::relu6(whole));
  show("threshold of integers", F::threshold(whole, F::ThresholdFuncOptions(1, 7)));
}

// The input itself becomes the result.
inline void in_place_cases(const Show& show) {
  auto in_place = [&](const std::string& name, const Function& f) {
    Tensor x = leaf({2, 5}, 1);
    with_gradients(show, name + " in place", {x}, [&] {
      Tensor y = x * 4;
      return f(y) + y;
    });
  };
  in_place("elu", [](Tensor x) { return F::elu(x, F::ELUFuncOptions().inplace(true)); });
  in_place("celu", [](Tensor x) { return F::celu(x, F::CELUFuncOptions().inplace(true)); });
  in_place("selu", [](Tensor x) { return F::selu(x, true); });
  in_place("relu", [](Tensor x) { return F::relu(x, true); });
  in_place("relu6", [](Tensor x) { return F::relu6(x, true); });
  in_place("leaky_relu",
           [](Tensor x) { return F::leaky_relu(x, F::LeakyReLUFuncOptions().inplace(true)); });
  in_place("rrelu", [](Tensor x) { return F::rrelu(x, F::RReLUFuncOptions().inplace(true)); });
  in_place("hardtanh",
           [](Tensor x) { return F::hardtanh(x, F::HardtanhFuncOptions().inplace(true)); });
  in_place("threshold", [](Tensor x) {
    return F::threshold(x, F::ThresholdFuncOptions(0.5, 7).inplace(true));
  });
  in_place("silu", [](Tensor x) { return torch::silu_(x); });
  in_place("mish", [](Tensor x) { return torch::mish_(x); });
  in_place("hardsigmoid", [](Tensor x) { return torch::hardsigmoid_(x); });
  in_place("hardswish", [](Tensor x) { return torch::hardswish_(x); });
  in_place("gelu", [](Tensor x) { return torch::gelu_(x); });
  in_place("sigmoid", [](Tensor x) { return torch::sigmoid_(x); });
  in_place("tanh", [](Tensor x) { return torch::tanh_(x); });
}

inline void softmax_cases(const Show& show) {
  namespace nn = torch::nn;
  Tensor x = leaf({2, 4, 3}, 1), images = leaf({2, 3, 2, 2}, 2);
  for (int64_t dim : {0, 1, -1}) {
    const std::string along = " along " + std::to_string(dim);
    with_gradients(show, "softmax" + along, {x}, [&] { return F::softmax(x, dim); });
    with_gradients(show, "softmin" + along, {x}, [&] { return F::softmin(x, dim); });
    with_gradients(show, "log_softmax" + along, {x}, [&] { return F::log_softmax(x, dim); });
  }
  with_gradients(show, "softmin in double", {x}, [&] {
    return F::softmin(x, F::SoftminFuncOptions(1).dtype(torch::kDouble)).to(torch::kFloat);
  });
  with_gradients(show, "Softmax2d", {images}, [&] { return nn::Softmax2d()(images); });
  with_gradients(show, "Softmax2d of one", {x}, [&] { return nn::Softmax2d()(x); });
  for (int64_t dim : {1, -3})
    with_gradients(show, "glu along " + std::to_string(dim), {images}, [&] {
      return F::glu(dim == 1 ? images.transpose(1, 2) : images.transpose(1, 3), dim);
    });
  with_gradients(show, "GLU", {x}, [&] { return nn::GLU(1)(x); });
  const Tensor far = torch::tensor({{-1e4, 0.0, 1e4}, {88.0, -88.0, 1e30}}, torch::kFloat);
  show("softmax far out", F::softmax(far, 1));
  show("log_softmax far out", F::log_softmax(far, 1));
}

inline void module_cases(const Show& show) {
  namespace nn = torch::nn;
  Tensor x = leaf({2, 4, 3}, 1);
  auto run = [&](const std::string& name, auto module) {
    with_gradients(show, name, {x}, [&] { return module(x * 3); });
  };
  run("ELU", nn::ELU(nn::ELUOptions().alpha(0.4)));
  run("CELU", nn::CELU(nn::CELUOptions().alpha(0.4)));
  run("SELU", nn::SELU());
  run("ReLU6", nn::ReLU6(nn::ReLU6Options().inplace(true)));
  run("LeakyReLU", nn::LeakyReLU(nn::LeakyReLUOptions().negative_slope(0.3)));
  run("Hardtanh", nn::Hardtanh(nn::HardtanhOptions().min_val(-2).max_val(0.5)));
  run("GELU", nn::GELU(nn::GELUOptions().approximate("tanh")));
  run("SiLU", nn::SiLU());
  run("Mish", nn::Mish());
  run("Hardshrink", nn::Hardshrink(1.5));
  run("Softshrink", nn::Softshrink(1.5));
  run("Softplus", nn::Softplus(nn::SoftplusOptions().beta(2)));
  run("Softsign", nn::Softsign());
  run("Tanhshrink", nn::Tanhshrink());
  run("Threshold", nn::Threshold(0.5, -3));
  run("Softmax", nn::Softmax(1));
  run("Softmin", nn::Softmin(1));
  run("LogSoftmax", nn::LogSoftmax(1));
  run("LogSigmoid", nn::LogSigmoid());
  run("Sigmoid", nn::Sigmoid());
  run("Tanh", nn::Tanh());
  nn::PReLU prelu(nn::PReLUOptions().num_parameters(4).init(0.1));
  with_gradients(show, "PReLU", {x, prelu->weight}, [&] { return prelu(x); });
  nn::RReLU rrelu;
  rrelu->eval();
  run("RReLU in evaluation", rrelu);
}

inline void activation_cases(const Show& show) {
  smooth_cases(show);
  piecewise_cases(show);
  in_place_cases(show);
  softmax_cases(show);
  module_cases(show);
}
}  // namespace golden
