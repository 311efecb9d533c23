// nn::Module: registration, names, recursion, modes, copies. All of it is libtorch's behaviour.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "tests/frontend/nn/throws.h"

namespace {
using torch::Tensor;
namespace nn = torch::nn;

struct Block : nn::Cloneable<Block> {
  Block() { reset(); }
  void reset() override {
    fc = register_module("fc", nn::Linear(2, 3));
    scale = register_parameter("scale", torch::ones({3}));
    count = register_buffer("count", torch::zeros({1}));
  }
  Tensor forward(Tensor x) { return fc(x) * scale; }
  nn::Linear fc{nullptr};
  Tensor scale, count;
};
struct Net : nn::Module {
  Net() {
    first = register_module("first", std::make_shared<Block>());
    second = register_module("second", std::make_shared<Block>());
    register_parameter("bias", torch::zeros({3}));
  }
  std::shared_ptr<Block> first, second;
};

TEST(Module, NamesOfTheTree) {
  auto net = std::make_shared<Net>();
  EXPECT_EQ(net->named_parameters().keys(),
            (std::vector<std::string>{"bias", "first.scale", "first.fc.weight", "first.fc.bias",
                                      "second.scale", "second.fc.weight", "second.fc.bias"}));
  EXPECT_EQ(net->named_parameters(false).keys(), std::vector<std::string>{"bias"});
  EXPECT_EQ(net->named_buffers().keys(), (std::vector<std::string>{"first.count", "second.count"}));
  EXPECT_EQ(net->named_modules("net").keys(),
            (std::vector<std::string>{"net", "net.first", "net.first.fc", "net.second",
                                      "net.second.fc"}));
  EXPECT_EQ(net->named_children().keys(), (std::vector<std::string>{"first", "second"}));
  EXPECT_EQ(net->parameters().size(), 7u);
  EXPECT_EQ(net->modules().size(), 5u);
  EXPECT_EQ(net->modules(/*include_self=*/false).size(), 4u);
  EXPECT_EQ(net->children().size(), 2u);
}

TEST(Module, ParametersAreTheModulesOwn) {
  Block block;
  {
    torch::NoGradGuard no_grad;
    block.named_parameters()["scale"].fill_(5);
  }
  EXPECT_EQ(block.scale[0].item<float>(), 5);
  EXPECT_TRUE(block.scale.requires_grad());
  EXPECT_FALSE(block.count.requires_grad());
}

TEST(Module, RefusesBadNames) {
  nn::Module m;
  expect_throw("Parameter name must not be empty",
               [&] { m.register_parameter("", torch::ones({1})); });
  expect_throw("Parameter name must not contain a dot (got 'a.b')",
               [&] { m.register_parameter("a.b", torch::ones({1})); });
  expect_throw("Buffer name must not contain a dot (got 'a.b')",
               [&] { m.register_buffer("a.b", torch::ones({1})); });
  expect_throw("Submodule name must not contain a dot (got 'a.b')",
               [&] { m.register_module("a.b", nn::Linear(1, 1)); });
  m.register_parameter("p", torch::ones({1}));
  m.register_module("m", nn::Linear(1, 1));
  expect_throw("Parameter 'p' already defined",
               [&] { m.register_parameter("p", torch::ones({1})); });
  expect_throw("Submodule 'm' already defined", [&] { m.register_module("m", nn::Linear(1, 1)); });
  expect_throw("No Module with name `x` is registered", [&] { m.unregister_module("x"); });
  m.unregister_module("m");
  EXPECT_TRUE(m.children().empty());
}

TEST(Module, ReplacesAModule) {
  struct Holder : nn::Module {
    Holder() { register_module("fc", nn::Linear(1, 1)); }
  } holder;
  holder.replace_module("fc", nn::Linear(2, 5));
  EXPECT_EQ(holder.parameters()[0].sizes(), (std::vector<int64_t>{5, 2}));
}

TEST(Module, ApplyVisitsParentsFirst) {
  auto net = std::make_shared<Net>();
  std::vector<std::string> names;
  net->apply([&](const std::string& name, nn::Module&) { names.push_back(name); }, "n");
  EXPECT_EQ(names,
            (std::vector<std::string>{"n", "n.first", "n.first.fc", "n.second", "n.second.fc"}));
  int linears = 0;
  net->apply([&](nn::Module& m) { linears += m.as<nn::Linear>() != nullptr; });
  EXPECT_EQ(linears, 2);
  Net on_stack;
  expect_throw("Use std::make_shared", [&] { on_stack.modules(); });
}

TEST(Module, TrainAndEval) {
  Net net;
  EXPECT_TRUE(net.is_training());
  net.eval();
  EXPECT_FALSE(net.first->fc->is_training());
  net.train();
  EXPECT_TRUE(net.first->fc->is_training());
}

TEST(Module, ZeroGrad) {
  nn::Linear fc(2, 2);
  fc(torch::ones({1, 2})).sum().backward();
  ASSERT_TRUE(fc->weight.grad().defined());
  fc->zero_grad(/*set_to_none=*/false);
  EXPECT_EQ(fc->weight.grad().abs().sum().item<float>(), 0);
  fc->zero_grad();
  EXPECT_FALSE(fc->weight.grad().defined());
}

TEST(Module, ToAnotherType) {
  Net net;
  net.to(torch::kDouble);
  for (const Tensor& p : net.parameters()) EXPECT_EQ(p.dtype(), torch::kDouble);
  EXPECT_EQ(net.first->count.dtype(), torch::kDouble);
  EXPECT_TRUE(net.first->scale.requires_grad());
  EXPECT_EQ(net.first->forward(torch::ones({1, 2}, torch::kDouble)).dtype(), torch::kDouble);
}

TEST(Module, CloneIsDeep) {
  auto block = std::make_shared<Block>();
  auto copy = std::dynamic_pointer_cast<Block>(block->clone());
  ASSERT_TRUE(copy);
  {
    torch::NoGradGuard no_grad;
    block->fc->weight.fill_(7);
    block->count.fill_(3);
  }
  EXPECT_NE(copy->fc->weight[0][0].item<float>(), 7);
  EXPECT_EQ(copy->count.item<float>(), 0);
  auto again = std::dynamic_pointer_cast<Block>(block->clone());
  EXPECT_TRUE(torch::equal(again->fc->weight, block->fc->weight));
  EXPECT_TRUE(again->fc->weight.requires_grad());
  nn::Module plain;
  expect_throw(
      "clone() has not been implemented for torch::nn::Module. Subclass "
      "torch::nn::Cloneable<torch::nn::Module>",
      [&] { plain.clone(); });
}

TEST(Module, Names) {
  EXPECT_EQ(nn::Linear(1, 1)->name(), "torch::nn::LinearImpl");
  EXPECT_EQ(nn::Module("given").name(), "given");
}

TEST(ModuleHolder, EmptyAndShared) {
  nn::Linear empty = nullptr;
  EXPECT_FALSE(empty);
  expect_throw("Accessing empty ModuleHolder", [&] { empty->reset(); });
  nn::Linear a(1, 1), b = a;
  EXPECT_EQ(a.ptr(), b.ptr());
}

TEST(OrderedDict, KeepsTheOrder) {
  torch::OrderedDict<std::string, int> dict = {{"b", 1}, {"a", 2}};
  dict.insert("c", 3);
  EXPECT_EQ(dict.keys(), (std::vector<std::string>{"b", "a", "c"}));
  EXPECT_EQ(dict.values(), (std::vector<int>{1, 2, 3}));
  EXPECT_EQ(dict["a"], 2);
  EXPECT_EQ(*dict.find("c"), 3);
  EXPECT_EQ(dict.find("d"), nullptr);
  dict.erase("b");
  EXPECT_EQ(dict["c"], 3);
  EXPECT_EQ(dict[0].key(), "a");
  expect_throw("Key 'd' is not defined", [&] { dict["d"]; });
  expect_throw("Key 'a' already defined", [&] { dict.insert("a", 1); });
  expect_throw("Index 2 is out of bounds", [&] { dict[2]; });
}
}  // namespace
