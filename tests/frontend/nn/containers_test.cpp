// Sequential, ModuleList, AnyModule, Functional.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "tests/frontend/nn/throws.h"

namespace {
using torch::Tensor;
namespace nn = torch::nn;

struct AddOne : nn::Module {
  Tensor forward(Tensor x) { return x + 1; }
};
struct Sum : nn::Module {
  Tensor forward(const Tensor& a, const Tensor& b) { return a + b; }
};
struct Count : nn::Module {
  int64_t forward(Tensor x) { return x.numel(); }
};
struct Power : nn::Module {
  Tensor forward(Tensor x, int64_t exponent = 2, double factor = 1) {
    return x.pow(exponent) * factor;
  }

 protected:
  FORWARD_HAS_DEFAULT_ARGS({1, nn::AnyValue(int64_t{2})}, {2, nn::AnyValue(1.0)})
};

TEST(Sequential, Forward) {
  nn::Sequential net(AddOne{}, nn::Functional(torch::relu), std::make_shared<AddOne>());
  EXPECT_EQ(net->size(), 3u);
  EXPECT_EQ(net->forward(torch::full({2}, -5.0))[0].item<float>(), 1);
  nn::Sequential two(Sum{}, AddOne{});
  EXPECT_EQ(two->forward(torch::ones({1}), torch::ones({1})).item<float>(), 3);
  nn::Sequential number(AddOne{}, Count{});
  EXPECT_EQ(number->forward<int64_t>(torch::ones({4})), 4);
  expect_throw("but you asked for type", [&] { number->forward(torch::ones({4})); });
  expect_throw("Cannot call forward() on an empty Sequential",
               [] { nn::Sequential()->forward(torch::ones({1})); });
}

TEST(Sequential, Names) {
  nn::Sequential net({{"one", nn::Linear(1, 2)}, {"two", nn::ReLU()}});
  EXPECT_EQ(net->named_parameters().keys(), (std::vector<std::string>{"one.weight", "one.bias"}));
  net->push_back("three", nn::Linear(2, 1));
  net->push_back(nn::Tanh());
  EXPECT_EQ(net->named_children().keys(), (std::vector<std::string>{"one", "two", "three", "3"}));
  EXPECT_EQ(net->at<nn::LinearImpl>(2).options.in_features(), 2);
  EXPECT_EQ(net->ptr(0)->as<nn::Linear>()->options.out_features(), 2);
  expect_throw("Index out of range", [&] { net->ptr(9); });
  expect_throw("Attempted to cast module of type torch::nn::LinearImpl to type torch::nn::TanhImpl",
               [&] { net->at<nn::TanhImpl>(0); });
}

TEST(Sequential, CloneIsDeep) {
  nn::Sequential net(nn::Linear(2, 2));
  auto copy = std::dynamic_pointer_cast<nn::SequentialImpl>(net->clone());
  EXPECT_TRUE(torch::equal(copy->parameters()[0], net->parameters()[0]));
  torch::NoGradGuard no_grad;
  net->parameters()[0].fill_(9);
  EXPECT_FALSE(torch::equal(copy->parameters()[0], net->parameters()[0]));
}

TEST(Sequential, Gradients) {
  nn::Sequential net(nn::Linear(3, 4), nn::Tanh(), nn::Linear(4, 1));
  net->forward(torch::ones({2, 3})).sum().backward();
  for (const Tensor& p : net->parameters()) EXPECT_TRUE(p.grad().defined());
}

TEST(AnyModule, ChecksArguments) {
  nn::AnyModule sum(Sum{});
  EXPECT_EQ(sum.forward(torch::ones({1}), torch::ones({1})).item<float>(), 2);
  expect_throw("'s forward() method expects 2 argument(s), but received 1. If",
               [&] { sum.forward(torch::ones({1})); });
  expect_throw("Expected argument #1 to be of type", [&] { sum.forward(torch::ones({1}), 3); });
  expect_throw("Cannot call forward() on an empty AnyModule",
               [] { nn::AnyModule().forward(torch::ones({1})); });
  nn::AnyModule count(Count{});
  EXPECT_EQ(count.forward<int64_t>(torch::ones({3})), 3);
  expect_throw("Attempted to cast AnyValue to", [&] { count.forward<double>(torch::ones({3})); });
}

TEST(AnyModule, DefaultArguments) {
  nn::AnyModule power(Power{});
  EXPECT_EQ(power.forward(torch::full({1}, 3.0)).item<float>(), 9);
  EXPECT_EQ(power.forward(torch::full({1}, 3.0), int64_t{3}).item<float>(), 27);
  EXPECT_EQ(power.forward(torch::full({1}, 3.0), int64_t{3}, 2.0).item<float>(), 54);
  expect_throw("expects at least 1 argument(s) and at most 3 argument(s), but received 0.",
               [&] { power.forward(); });
  nn::Sequential net(AddOne{}, Power{});
  EXPECT_EQ(net->forward(torch::full({1}, 3.0)).item<float>(), 16);
}

TEST(AnyModule, HoldsLibraryModules) {
  nn::AnyModule relu{nn::ReLU()};
  EXPECT_EQ(relu.forward(torch::full({1}, -1.0)).item<float>(), 0);
  EXPECT_TRUE(relu.get<nn::ReLUImpl>().is_training());
  nn::AnyModule loss{nn::MSELoss()};
  EXPECT_EQ(loss.forward(torch::ones({2}), torch::zeros({2})).item<float>(), 1);
}

TEST(ModuleList, InsertAndNames) {
  nn::ModuleList list(nn::Linear(1, 2), nn::ReLU());
  list->insert(1, nn::Linear(2, 3));
  EXPECT_EQ(list->size(), 3u);
  EXPECT_EQ(list->named_parameters().keys(),
            (std::vector<std::string>{"0.weight", "0.bias", "1.weight", "1.bias"}));
  EXPECT_EQ(list->at<nn::LinearImpl>(1).options.out_features(), 3);
  int64_t n = 0;
  for (const auto& module : *list) n += module->as<nn::Linear>() != nullptr;
  EXPECT_EQ(n, 2);
  expect_throw("Index out of range", [&] { list->ptr(3); });
}

TEST(Functional, BindsArguments) {
  nn::Functional twice([](Tensor x) { return x * 2; });
  EXPECT_EQ(twice(torch::ones({1})).item<float>(), 2);
}
}  // namespace
