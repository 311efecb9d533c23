// Backwards inside of backwards.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <thread>

namespace {
using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::variable_list;

// Its backward is a backward of the same, as deep as its value says.
struct Deep : Function<Deep> {
  static Tensor forward(AutogradContext* ctx, Tensor x) {
    torch::AutoGradMode grad(true);
    ctx->saved_data["x"] = torch::autograd::make_variable(x.tensor_data(), true) - 1;
    return ctx->saved_data["x"].toTensor().detach();
  }
  static variable_list backward(AutogradContext* ctx, variable_list dy) {
    const Tensor x = ctx->saved_data["x"].toTensor();
    if (x.item<float>() == 0) return dy;
    torch::AutoGradMode grad(true);
    apply(x).sum().backward();
    return dy;
  }
};

TEST(Reentrant, ThousandsDeep) {
  Tensor v = torch::tensor({3000.0f}).requires_grad_();
  Deep::apply(v).sum().backward();
  EXPECT_EQ(v.grad().item<float>(), 1);
}

TEST(Reentrant, OnAThread) {
  std::thread([] {
    Tensor v = torch::tensor({1000.0f}).requires_grad_();
    Deep::apply(v).sum().backward();
    EXPECT_EQ(v.grad().item<float>(), 1);
  }).join();
}

struct Failing : Function<Failing> {
  static Tensor forward(AutogradContext* ctx, Tensor x, int64_t depth) {
    ctx->saved_data["depth"] = depth;
    return x * 2;
  }
  static variable_list backward(AutogradContext* ctx, variable_list dy) {
    const int64_t depth = ctx->saved_data["depth"].toInt();
    if (depth == 0) throw std::runtime_error("at the bottom");
    torch::AutoGradMode grad(true);
    apply(torch::ones({1}).requires_grad_(), depth - 1).sum().backward();
    return {dy[0], Tensor()};
  }
};

TEST(Reentrant, ExceptionsComeUp) {
  Tensor x = torch::ones({1}).requires_grad_();
  EXPECT_THROW(Failing::apply(x, int64_t(2000)).sum().backward(), std::runtime_error);
  EXPECT_FALSE(x.grad().defined());
  (x * 3).sum().backward();
  EXPECT_EQ(x.grad().item<float>(), 3);
}

// A second way to the same leaf, gone from inside the first.
struct Inner : Function<Inner> {
  static Tensor forward(AutogradContext* ctx, Tensor x, Tensor leaf) {
    torch::AutoGradMode grad(true);
    ctx->saved_data["loss"] = (leaf * leaf).sum();
    return x * 2;
  }
  static variable_list backward(AutogradContext* ctx, variable_list dy) {
    ctx->saved_data["loss"].toTensor().backward();
    return {dy[0] * 2, Tensor()};
  }
};
TEST(Reentrant, BothReachTheLeaf) {
  Tensor x = torch::tensor({3.0f}).requires_grad_();
  Inner::apply(x * 1, x).sum().backward();
  EXPECT_EQ(x.grad().item<float>(), 2 + 6);
}

TEST(Anomaly, NamesTheForwardLine) {
  struct Capture : c10::WarningHandler {
    using c10::WarningHandler::process;
    void process(const c10::Warning& w) override { text += w.msg() + "\n"; }
    std::string text;
  } capture;
  c10::WarningUtils::WarningHandlerGuard guard(&capture);
  torch::autograd::DetectAnomalyGuard anomaly;
  Tensor x = torch::tensor({-1.0f, 4.0f}).requires_grad_();
  Tensor h = x * 2, y = h.sqrt();
  const std::string line = "reentrant_test.cpp:" + std::to_string(__LINE__ - 1);
  try {
    y.sum().backward();
    ADD_FAILURE();
  } catch (const c10::Error& e) {
    EXPECT_STREQ(e.what_without_backtrace(),
                 "backward: Function 'SqrtBackward0' returned nan values in its 0th output.");
  }
  EXPECT_NE(capture.text.find("Traceback of forward call that caused the error"), std::string::npos);
  EXPECT_NE(capture.text.find(line), std::string::npos) << capture.text;
  torch::autograd::DetectAnomalyGuard no_nan(false);
  (x * 2).sqrt().sum().backward();
  EXPECT_TRUE(x.grad().isnan()[0].item<bool>());
}
}  // namespace
