// Whose line it is: errors and ops inside of modules and losses belong to the line that called
// them, and to the module.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cstring>
#include <string>

#include "frontend/record/scope.h"

namespace {
namespace nn = torch::nn;
using torch::Tensor;

// What library code that is called by `function` would be attributed to.
template <class Function>
int line_of_error(Function function) {
  try {
    function();
  } catch (const c10::Error& error) {
    EXPECT_NE(error.file(), nullptr) << error.what();
    if (error.file())
      EXPECT_NE(std::strstr(error.file(), "location_test.cpp"), nullptr) << error.what();
    return error.line();
  }
  ADD_FAILURE() << "nothing thrown";
  return 0;
}

TEST(Location, ErrorsAreAtTheCall) {
  nn::Linear fc(3, 4);
  nn::Conv2d conv(1, 2, 3);
  nn::BatchNorm2d norm(3);
  const Tensor x = torch::ones({2, 5}), t = torch::zeros({3}, torch::kLong);
  const int here = __LINE__;
  EXPECT_EQ(line_of_error([&] { fc(x); }), here + 1);
  EXPECT_EQ(line_of_error([&] { fc->forward(x); }), here + 2);
  EXPECT_EQ(line_of_error([&] { conv(x); }), here + 3);
  EXPECT_EQ(line_of_error([&] { norm->forward(x); }), here + 4);
  EXPECT_EQ(line_of_error([&] { torch::nll_loss(x, t); }), here + 5);
  EXPECT_EQ(line_of_error([&] { nn::functional::cross_entropy(x, t); }), here + 6);
  EXPECT_EQ(line_of_error([&] { torch::max_pool2d(x, 2); }), here + 7);
  EXPECT_EQ(line_of_error([&] { nn::MSELoss()(x, torch::ones({3})); }), here + 8);
}

TEST(Location, OfWhatAModuleIsMadeFrom) {
  const int here = __LINE__;
  EXPECT_EQ(line_of_error([] { nn::Dropout(1.5); }), here + 1);
  EXPECT_EQ(line_of_error([] { nn::MultiheadAttention(7, 2); }), here + 2);
  EXPECT_EQ(line_of_error([] { nn::Conv2d(nn::Conv2dOptions(4, 6, 3).groups(3)); }), here + 3);
  EXPECT_EQ(line_of_error([] { nn::Conv2d(4, -6, 3); }), here + 4);
  EXPECT_EQ(line_of_error([] { nn::Hardtanh(nn::HardtanhOptions().min_val(2)); }), here + 5);
  // One that a module makes has the line there.
  struct Net : nn::Module {
    explicit Net(int64_t n) : fc(register_module("fc", nn::Linear(n, n))) {}
    nn::Linear fc;
  };
  EXPECT_EQ(line_of_error([] { Net net(-1); }), here + 8);
}

TEST(Location, OfInitialisers) {
  Tensor row = torch::ones({3}), matrix = torch::ones({3, 3});
  const int here = __LINE__;
  EXPECT_EQ(line_of_error([&] { nn::init::xavier_uniform_(row); }), here + 1);
  EXPECT_EQ(line_of_error([&] { nn::init::kaiming_normal_(row); }), here + 2);
  EXPECT_EQ(line_of_error([&] { nn::init::orthogonal_(row); }), here + 3);
  EXPECT_EQ(line_of_error([&] { nn::init::sparse_(row, 0.5); }), here + 4);
  EXPECT_EQ(line_of_error([&] { nn::init::eye_(row); }), here + 5);
  EXPECT_EQ(line_of_error([&] { nn::init::dirac_(matrix); }), here + 6);
  EXPECT_EQ(line_of_error([&] { nn::init::normal_(matrix, 0, -1); }), here + 7);
  EXPECT_EQ(line_of_error([&] { nn::init::_calculate_fan_in_and_fan_out(row); }), here + 8);
}

struct Inner : nn::Module {
  Inner() { fc = register_module("fc", nn::Linear(2, 2)); }
  Tensor forward(Tensor x) {
    line = __LINE__ + 1;
    return fc(x);
  }
  nn::Linear fc{nullptr};
  int line = 0;
};

TEST(Location, OfSequential) {
  nn::Sequential net(nn::ReLU(), nn::Linear(3, 4));
  const int here = __LINE__;
  EXPECT_EQ(line_of_error([&] { net->forward(torch::ones({2, 5})); }), here + 1);
  EXPECT_EQ(line_of_error([&] { net(torch::ones({2, 5})); }), here + 2);
  // A module of the user's has lines of its own.
  auto inner = std::make_shared<Inner>();
  nn::Sequential outer(nn::ReLU(), inner);
  EXPECT_EQ(line_of_error([&] { outer->forward(torch::ones({2, 5})); }), inner->line);
}

struct Net : nn::Module {
  Net() {
    register_module("stem", nn::Conv2d(1, 2, 3));
    register_module("body", nn::Sequential(nn::Linear(1, 1), std::make_shared<Inner>()));
  }
};

TEST(Location, ModulePaths) {
  auto net = std::make_shared<Net>();
  std::vector<std::string> scopes;
  for (const auto& module : net->modules()) scopes.push_back(*module->scope());
  EXPECT_EQ(scopes,
            (std::vector<std::string>{"Net", "stem (Conv2d)", "body (Sequential)",
                                      "body.0 (Linear)", "body.1 (Inner)", "body.1.fc (Linear)"}));
}

TEST(Location, ErrorsNameTheModule) {
  auto message = [](auto function) {
    try {
      function();
    } catch (const c10::Error& error) {
      const std::string what = error.what();
      return what.substr(what.find(": ") + 2);
    }
    return std::string();
  };
  nn::Sequential body(nn::ReLU(), nn::Linear(3, 4));
  nn::Module net("net");
  net.register_module("body", body);
  EXPECT_EQ(message([&] { body->forward(torch::ones({2, 5})); }),
            "body.1 (Linear): mat1 and mat2 shapes cannot be multiplied (2x5 and 3x4)");
  // A function that is its own scope says so once.
  const std::string loss =
      message([] { torch::nll_loss(torch::ones({2, 5}), torch::zeros({3}, torch::kLong)); });
  EXPECT_EQ(loss.find("nll_loss"), loss.rfind("nll_loss")) << loss;
}

TEST(Location, AMovedModuleHasItsNewPath) {
  nn::Linear fc(1, 1);
  EXPECT_EQ(*fc->scope(), "Linear");
  nn::Module parent;
  parent.register_module("head", fc);
  EXPECT_EQ(*fc->scope(), "head (Linear)");
}

TEST(Location, ScopesEnd) {
  nn::Linear fc(1, 1);
  fc(torch::ones({1, 1}));
  EXPECT_EQ(torch::record::surroundings().scope, nullptr);
  EXPECT_THROW(fc(torch::ones({1, 2})), c10::Error);
  EXPECT_EQ(torch::record::surroundings().scope, nullptr);
  EXPECT_FALSE(torch::record::surroundings().call);
}
}  // namespace
