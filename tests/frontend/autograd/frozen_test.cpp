// What is frozen gets no gradient, and no code for one: read off the program as it stands after the
// gradients were expanded.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "runtime/trace/knobs.h"

namespace {
namespace fs = std::filesystem;
using torch::Tensor;
using torch::runtime::Knobs;

// What `step` compiles, after the autodiff pass.
template <class Step> std::string expanded(const Step& step) {
  const fs::path folder = fs::path(testing::TempDir()) / "frozen_dump";
  fs::remove_all(folder);
  const Knobs before = torch::runtime::knobs();
  Knobs knobs = before;
  knobs.tier = Knobs::Tier::compile;
  knobs.dump = folder.string();
  torch::runtime::set_knobs(knobs);
  step();
  torch::runtime::set_knobs(before);
  std::ostringstream all;
  for (const auto& file : fs::directory_iterator(folder))
    if (file.path().filename().string().find(".autodiff.") != std::string::npos)
      all << std::ifstream(file.path()).rdbuf();
  fs::remove_all(folder);
  return all.str();
}

int count(const std::string& text, const std::string& what) {
  int n = 0;
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

struct Net : torch::nn::Module {
  torch::nn::Linear first{nullptr}, second{nullptr};
  Net() {
    first = register_module("first", torch::nn::Linear(6, 5));
    second = register_module("second", torch::nn::Linear(5, 4));
  }
  Tensor forward(const Tensor& x) { return second(torch::exp(first(x))); }
};

std::string step_of(Net& net) {
  const Tensor x = torch::ones({3, 6});
  weft::eval(x);
  for (const Tensor& p : net.parameters()) weft::eval(p);
  return expanded([&] {
    net.forward(x).square().sum().backward();
    std::vector<Tensor> gradients;
    for (const Tensor& p : net.parameters())
      if (p.grad().defined()) gradients.push_back(p.grad());
    weft::eval(gradients);
  });
}

TEST(Frozen, ParametersHaveNoGradientCode) {
  Net net;
  const std::string all = step_of(net);
  // Forward, one each for both weights, and one from the second layer back to the first.
  EXPECT_EQ(count(all, "weft.matmul"), 5) << all;
  EXPECT_EQ(count(all, "weft.grad"), 0);
  net.zero_grad();
  for (const Tensor& p : net.first->parameters()) p.requires_grad_(false);
  const std::string head = step_of(net);
  EXPECT_EQ(count(head, "weft.matmul"), 3) << head;  // of the gradients the second weight's alone
  EXPECT_FALSE(net.first->weight.grad().defined());
  EXPECT_FALSE(net.first->bias.grad().defined());
  EXPECT_TRUE(net.second->weight.grad().defined());
  // A frozen layer above one that learns passes the gradient on.
  net.zero_grad();
  for (const Tensor& p : net.parameters()) p.requires_grad_(p.size(0) == 5);
  const std::string below = step_of(net);
  EXPECT_EQ(count(below, "weft.matmul"), 4) << below;
  EXPECT_FALSE(net.second->weight.grad().defined());
  EXPECT_TRUE(net.first->weight.grad().defined());
}

TEST(Frozen, NothingIsDifferentiatedWithoutGrad) {
  Net net;
  const Tensor x = torch::ones({3, 6});
  weft::eval(x);
  for (const Tensor& p : net.parameters()) weft::eval(p);
  Tensor y;
  const std::string text = expanded([&] {
    torch::NoGradGuard no_grad;
    y = net.forward(x);
    weft::eval(y);
  });
  EXPECT_EQ(count(text, "weft.matmul"), 2) << text;
  EXPECT_FALSE(y.requires_grad());
  EXPECT_FALSE(y.grad_fn());
}

TEST(Gradients, AreKeptByDefaultWhenTheyHaveGraphs) {
  Tensor x = torch::tensor({1.f, 2.f}).requires_grad_(), y = x.pow(3).sum();
  const Tensor g = torch::autograd::grad({y}, {x}, {}, {}, true)[0];
  g.sum().backward();  // through what grad() kept
  EXPECT_TRUE(torch::equal(x.grad(), torch::tensor({6.f, 12.f})));
  Tensor z = x.exp().sum();
  torch::autograd::grad({z}, {x});
  EXPECT_THROW(z.backward(), c10::Error);
  x.mutable_grad() = {};
  EXPECT_FALSE(x.grad().defined());
}

TEST(GradMode, IsRestored) {
  const Tensor x = torch::ones(2).requires_grad_();
  {
    torch::NoGradGuard no_grad;
    EXPECT_FALSE((x * 2).requires_grad());
    {
      torch::AutoGradMode grad(true);
      EXPECT_TRUE((x * 2).requires_grad());
    }
    EXPECT_FALSE(torch::GradMode::is_enabled());
    x.mul_(2);  // a leaf, but without grad
  }
  EXPECT_TRUE(torch::GradMode::is_enabled());
  EXPECT_THROW(x.mul_(2), c10::Error);
  EXPECT_TRUE(x.is_leaf());
  EXPECT_EQ(x[0].item<float>(), 2);
}
}  // namespace
