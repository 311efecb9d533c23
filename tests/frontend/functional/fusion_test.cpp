// Activations and losses are one kernel forward and one or two backward.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "tests/runtime/expect_kernels.h"

namespace {
namespace F = torch::nn::functional;
using torch::Tensor;
Tensor numbers(at::IntArrayRef sizes) {
  Tensor t = torch::randn(sizes);
  weft::eval(t);
  return t;
}
Tensor leaf(at::IntArrayRef sizes) { return numbers(sizes).requires_grad_(); }

using Function = Tensor (*)(const Tensor&);
TEST(Fusion, ActivationsAreOneKernelEachWay) {
  const Function functions[] = {
      [](const Tensor& x) { return F::elu(x); },
      [](const Tensor& x) { return F::selu(x); },
      [](const Tensor& x) { return F::mish(x); },
      [](const Tensor& x) { return F::softplus(x); },
      [](const Tensor& x) { return F::hardtanh(x); },
      [](const Tensor& x) { return torch::hardswish(x); },
      [](const Tensor& x) { return F::softshrink(x); },
      [](const Tensor& x) { return F::logsigmoid(x); },
  };
  const Tensor dy = numbers({64, 200});
  for (Function f : functions) {
    const Tensor x = leaf({64, 200});
    Tensor y;
    EXPECT_KERNELS("1 map", {
      y = f(x);
      weft::eval(y);
    });
    EXPECT_KERNELS("1 map", {
      y.backward(dy);
      weft::eval(x.grad());
    });
  }
}

TEST(Fusion, GeluOfABias) {
  const Tensor x = leaf({64, 200}), bias = leaf({200}), dy = numbers({64, 200});
  Tensor y;
  EXPECT_KERNELS("1 map", {
    y = F::gelu(x + bias);
    weft::eval(y);
  });
  EXPECT_KERNELS(2, {
    y.backward(dy);
    weft::eval(x.grad(), bias.grad());
  });
}

TEST(Fusion, DropoutAndResidual) {
  const Tensor x = leaf({64, 200}), residual = leaf({64, 200}), dy = numbers({64, 200});
  Tensor y;
  EXPECT_KERNELS("1 map", {
    y = residual + F::dropout(x, F::DropoutFuncOptions().p(0.3));
    weft::eval(y);
  });
  EXPECT_KERNELS("1 map", {
    y.backward(dy);
    weft::eval(x.grad(), residual.grad());
  });
}
}  // namespace
