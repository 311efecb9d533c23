// state_dict and load_state_dict: names in order, copies in place, all or nothing; errors of holders
// and containers are at the user's line.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "tests/frontend/nn/throws.h"

namespace {
namespace nn = torch::nn;
using torch::Tensor;
using State = torch::OrderedDict<std::string, Tensor>;

nn::Sequential net() { return nn::Sequential(nn::Linear(2, 3), nn::BatchNorm1d(3)); }

TEST(State, NamesParametersBeforeBuffersModuleByModule) {
  auto model = net();
  EXPECT_EQ(model->state_dict().keys(),
            (std::vector<std::string>{"0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean",
                                      "1.running_var", "1.num_batches_tracked"}));
  const State state = model->state_dict();
  EXPECT_FALSE(state["0.weight"].requires_grad());
  // The same memory.
  state["0.bias"].fill_(7);
  EXPECT_EQ(model[0]->as<nn::Linear>()->bias.sum().item<float>(), 21);
}

TEST(State, IsCopiedInPlace) {
  auto from = net(), to = net();
  from(torch::randn({8, 2}));
  const Tensor weight = to[0]->as<nn::Linear>()->weight;
  const nn::IncompatibleKeys keys = to->load_state_dict(from->state_dict());
  EXPECT_TRUE(keys.missing_keys.empty() && keys.unexpected_keys.empty());
  EXPECT_TRUE(weight.is_same(to[0]->as<nn::Linear>()->weight));
  EXPECT_TRUE(weight.requires_grad() && weight.is_leaf());
  const State a = from->state_dict(), b = to->state_dict();
  for (const auto& item : a) EXPECT_TRUE(torch::equal(*item, b[item.key()])) << item.key();
  EXPECT_EQ(b["1.num_batches_tracked"].item<int64_t>(), 1);
  from[0]->as<nn::Linear>()->weight.detach().fill_(0);
  EXPECT_NE(weight.abs().sum().item<float>(), 0);
}

TEST(State, OfAnotherTypeIsConverted) {
  auto from = net(), to = net();
  from->to(torch::kDouble);
  to->load_state_dict(from->state_dict());
  EXPECT_EQ(to[0]->as<nn::Linear>()->weight.scalar_type(), torch::kFloat);
  EXPECT_TRUE(torch::equal(to->state_dict()["0.bias"],
                           from->state_dict()["0.bias"].to(torch::kFloat)));
}

TEST(State, ThatDoesNotFitChangesNothing) {
  auto model = net();
  State state;
  for (const auto& item : model->state_dict())
    if (item.key() != "0.bias") state.insert(item.key(), torch::full_like(*item, 9));
  state.insert("2.weight", torch::ones({1}));
  state["0.weight"] = torch::ones({3, 4});
  const Tensor before = model->state_dict()["1.weight"].clone();
  const int here = __LINE__;
  try {
    model->load_state_dict(state);
    ADD_FAILURE() << "nothing was thrown";
  } catch (const c10::Error& error) {
    EXPECT_EQ(error.line(), here + 2);
    EXPECT_STREQ(
        error.what_without_backtrace(),
        "Error(s) in loading state_dict for Sequential:\n"
        "\tMissing key(s) in state_dict: \"0.bias\". \n"
        "\tUnexpected key(s) in state_dict: \"2.weight\". \n"
        "\tsize mismatch for 0.weight: copying a param with shape torch.Size([3, 4]) from "
        "checkpoint, the shape in current model is torch.Size([3, 2]).");
  }
  EXPECT_TRUE(torch::equal(before, model->state_dict()["1.weight"]));
  // Sizes count even where names do not.
  expect_throw("size mismatch for 0.weight", [&] { model->load_state_dict(state, false); });
  state.erase("0.weight");
  const nn::IncompatibleKeys keys = model->load_state_dict(state, /*strict=*/false);
  EXPECT_EQ(keys.missing_keys, (std::vector<std::string>{"0.weight", "0.bias"}));
  EXPECT_EQ(keys.unexpected_keys, std::vector<std::string>{"2.weight"});
  EXPECT_EQ(model->state_dict()["1.weight"].sum().item<float>(), 27);
}

template <class Function>
int line_of(Function function) {
  try {
    function();
  } catch (const c10::Error& error) {
    return error.line();
  }
  return -1;
}

TEST(State, ErrorsOfContainersHaveTheUsersLine) {
  nn::Sequential sequential(nn::Linear(1, 1));
  nn::ModuleList list(nn::Linear(1, 1));
  nn::ModuleDict dict;
  nn::ParameterList parameters(torch::ones({1}));
  nn::AnyModule any, linear{nn::Linear(1, 1)};
  nn::Linear empty = nullptr;
  nn::Module module;
  const Tensor x = torch::ones({1, 1});
  const int here = __LINE__;
  EXPECT_EQ(line_of([&] { sequential->ptr(3); }), here + 1);
  EXPECT_EQ(line_of([&] { sequential->at<nn::LinearImpl>(3); }), here + 2);
  EXPECT_EQ(line_of([&] { sequential->at<nn::ConvTranspose1dImpl>(0); }), here + 3);
  EXPECT_EQ(line_of([&] { list->ptr(1); }), here + 4);
  EXPECT_EQ(line_of([&] { list->at<nn::ReLUImpl>(0); }), here + 5);
  EXPECT_EQ(line_of([&] { dict->pop("a"); }), here + 6);
  EXPECT_EQ(line_of([&] { parameters->at(1); }), here + 7);
  EXPECT_EQ(line_of([&] { any.ptr(); }), here + 8);
  EXPECT_EQ(line_of([&] { linear.get<nn::ReLUImpl>(); }), here + 9);
  EXPECT_EQ(line_of([&] { empty(x); }), here + 10);
  EXPECT_EQ(line_of([&] { empty.get(); }), here + 11);
  EXPECT_EQ(line_of([&] { module.register_module("a.b", sequential); }), here + 12);
  EXPECT_EQ(line_of([&] { module.register_parameter("", x); }), here + 13);
  EXPECT_EQ(line_of([&] { module.unregister_module("none"); }), here + 14);
  // Operators have no line; nor do they name one of the library's.
  EXPECT_EQ(line_of([&] { empty->forward(x); }), 0);
}

TEST(State, DictsAndListsOfModulesAndParameters) {
  nn::ModuleDict dict;
  dict->update({{"a", nn::Linear(1, 2).ptr()}, {"b", nn::ReLU().ptr()}});
  EXPECT_EQ(dict->parameters().size(), 2u);
  dict->update({{"a", nn::Linear(nn::LinearOptions(1, 2).bias(false)).ptr()}});
  EXPECT_EQ(dict->keys(), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(dict->parameters().size(), 1u);
  dict->pop("a");
  EXPECT_TRUE(dict->parameters().empty());
  dict->update({{"a", nn::Linear(1, 2).ptr()}});
  EXPECT_EQ(dict->children().size(), 2u);
  nn::ParameterList list(torch::ones({2}).requires_grad_(), torch::zeros({3}));
  EXPECT_EQ(list->parameters().size(), 2u);
  EXPECT_TRUE(list[0].requires_grad());
  EXPECT_FALSE(list[1].requires_grad());
}
}  // namespace
