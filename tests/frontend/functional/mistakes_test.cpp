// What libtorch refuses is refused in its words, at the line that asked.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cstring>

#include "tests/frontend/nn/throws.h"

namespace {
namespace F = torch::nn::functional;
using torch::Tensor;
Tensor ones(at::IntArrayRef sizes) { return torch::ones(sizes); }

TEST(Mistakes, OfActivations) {
  const Tensor x = ones({2, 3});
  expect_throw("\"elu_cpu\" not implemented for 'Long'", [] { F::elu(torch::arange(3)); });
  expect_throw("Bool inputs not supported for hardtanh", [&] { F::hardtanh(x > 0); });
  expect_throw("ZeroDivisionError: alpha cannot be 0 for CELU", [&] { torch::celu(x, 0); });
  expect_throw("lambda must be in range [0, 3.40282e+38] for input dtype Float, but found -1",
               [&] { F::softshrink(x, -1); });
  expect_throw("Halving dimension must be even, but dimension 1 is size 3", [&] { F::glu(x); });
  expect_throw("Lower bound should be less than or equal to the upper bound",
               [&] { torch::rrelu(x, 0.5, 0.1, true); });
  expect_throw(
      "Mismatch of parameter numbers and input channel size. Found parameter numbers = 2 and "
      "channel size = 3.",
      [&] { F::prelu(x, ones({2})); });
  expect_throw("approximate argument must be either none or tanh.",
               [&] { torch::gelu(x, "sigmoid"); });
  expect_throw("Softmax2d requires a 3D or 4D tensor as input",
               [&] { torch::nn::Softmax2d()(x); });
}

TEST(Mistakes, OfLosses) {
  const Tensor x = ones({3, 4}), classes = torch::arange(3);
  expect_throw("huber_loss does not support non-positive values for delta.",
               [&] { F::huber_loss(x, x, F::HuberLossFuncOptions().delta(0)); });
  expect_throw("smooth_l1_loss does not support negative values for beta.",
               [&] { torch::smooth_l1_loss(x, x, at::Reduction::Mean, -1); });
  expect_throw("only p == 1 and p == 2 supported", [&] {
    F::multi_margin_loss(x, classes, F::MultiMarginLossFuncOptions().p(3));
  });
  expect_throw("Expected target size [3], but got [2]. Input has shape [3, 4].",
               [&] { F::multi_margin_loss(x, torch::arange(2)); });
  expect_throw("inconsistent target size: [3, 3] for input of size: [3, 4]", [&] {
    F::multilabel_margin_loss(x, torch::zeros({3, 3}, torch::kLong));
  });
  expect_throw("1D target tensor expects 2D input tensors, but found inputs with sizes [4] and [4].",
               [&] { F::cosine_embedding_loss(x[0], x[0], ones({1})); });
  expect_throw("All input tensors should have same dimension but got sizes: input1: [3, 4]",
               [&] { F::margin_ranking_loss(x, x, ones({3})); });
  expect_throw("anchor 2D, positive 2D, and negative 1D inputs",
               [&] { F::triplet_margin_loss(x, x, ones({3})); });
  expect_throw("Found dtype Double but expected Float",
               [&] { F::binary_cross_entropy(x, x.to(torch::kDouble)); });
  expect_throw("var is of incorrect size", [&] { F::gaussian_nll_loss(x, x, ones({2})); });
}

TEST(Mistakes, OfCtc) {
  const Tensor p = F::log_softmax(ones({5, 2, 4}), 2), t = torch::ones({2, 3}, torch::kLong);
  auto run = [&](std::vector<int64_t> inputs, std::vector<int64_t> targets, int64_t blank = 0) {
    return torch::ctc_loss(p, t, inputs, targets, blank);
  };
  expect_throw("input_lengths must be of size batch_size", [&] { run({5}, {3, 3}); });
  expect_throw("target_lengths must be of size batch_size", [&] { run({5, 5}, {3}); });
  expect_throw("blank must be in label range", [&] { run({5, 5}, {3, 3}, 9); });
  expect_throw("Expected input_lengths to have value at most 5, but got value 6",
               [&] { run({6, 5}, {3, 3}); });
  expect_throw("Expected tensor to have size at least 4 at dimension 1, but got size 3",
               [&] { run({5, 5}, {4, 3}); });
  expect_throw("input_lengths must be integral",
               [&] { F::ctc_loss(p, t, ones({2}), torch::full({2}, 3, torch::kLong)); });
}

TEST(Mistakes, OfComposites) {
  expect_throw("is not divisible by 9", [] { F::pixel_shuffle(ones({1, 8, 2, 3}), 3); });
  expect_throw("pixel_unshuffle expects width to be divisible by downscale_factor",
               [] { F::pixel_unshuffle(ones({1, 8, 2, 3}), 2); });
  expect_throw("calculated shape of the array of sliding blocks as (0, 0)",
               [] { F::unfold(ones({1, 2, 3, 3}), F::UnfoldFuncOptions(4)); });
  expect_throw("Input Error: Only 4D input Tensors are supported (got 2D)",
               [] { F::unfold(ones({2, 3}), F::UnfoldFuncOptions(2)); });
  expect_throw("but got input.size(1)=7 and kernel_size=(2, 2).",
               [] { F::fold(ones({1, 7, 4}), F::FoldFuncOptions({3, 3}, 2)); });
  expect_throw("pdist only supports 2D tensors, got: 1D", [] { F::pdist(ones({3})); });
  expect_throw("bilinear(): input2 size does not match weight size: got 5 but expected 4",
               [] { F::bilinear(ones({2, 3}), ones({2, 5}), ones({5, 3, 4})); });
  expect_throw("one_hot is only applicable to index tensor of type LongTensor.",
               [] { F::one_hot(ones({2})); });
}

TEST(Mistakes, AreAtTheCall) {
  const Tensor x = ones({2, 3});
  auto line = [](auto function) {
    try {
      function();
    } catch (const c10::Error& error) {
      EXPECT_TRUE(error.file() && std::strstr(error.file(), "mistakes_test.cpp")) << error.what();
      return error.line();
    }
    ADD_FAILURE() << "nothing thrown";
    return 0;
  };
  const int here = __LINE__;
  EXPECT_EQ(line([&] { F::glu(x); }), here + 1);
  EXPECT_EQ(line([&] { torch::celu(x, 0); }), here + 2);
  EXPECT_EQ(line([&] { torch::nn::GLU()(x); }), here + 3);
  EXPECT_EQ(line([&] { F::huber_loss(x, ones({3, 4})); }), here + 4);
  EXPECT_EQ(line([&] { torch::nn::CosineSimilarity()(x, ones({5, 7})); }), here + 5);
  EXPECT_EQ(line([&] { F::pdist(ones({3})); }), here + 6);
}
}  // namespace
