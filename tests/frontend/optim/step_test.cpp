// A training step is one graph, the same in every step: what the ledger says.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "tests/runtime/expect_kernels.h"

namespace {
namespace nn = torch::nn;
using torch::Tensor;

struct Data {
  Tensor x = torch::randn({16, 8}), y = torch::randint(0, 4, {16});
  Data() { weft::eval(x, y); }
};

template <class Optimizer>
void one_step(nn::Sequential& model, Optimizer& optimizer, const Data& data) {
  optimizer.zero_grad();
  Tensor loss = nn::functional::cross_entropy(model->forward(data.x), data.y);
  loss.backward();
  optimizer.step();
}

// After the first step nothing is compiled, although the learning rate and the step count change;
// each step is one barrier.
template <class Optimizer, class Options>
void expect_one_graph(Options options) {
  torch::manual_seed(0);
  nn::Sequential model(nn::Linear(8, 12), nn::Tanh(), nn::Linear(12, 4));
  Data data;
  for (const Tensor& p : model->parameters()) weft::eval(p);
  Optimizer optimizer(model->parameters(), options);
  one_step(model, optimizer, data);
  const weft::Ledger first = weft::ledger();
  for (int i = 0; i < 3; ++i) {
    optimizer.param_groups()[0].options().set_lr(0.01 * (i + 1));
    one_step(model, optimizer, data);
  }
  const weft::Ledger last = weft::ledger();
  EXPECT_EQ(last.compile_count, first.compile_count)
      << last.compiles.back().reason << " at " << last.compiles.back().where;
  EXPECT_EQ(last.barrier_count, first.barrier_count + 3);
}

TEST(TrainingStep, SgdIsOneGraph) {
  expect_one_graph<torch::optim::SGD>(torch::optim::SGDOptions(0.1));
}
TEST(TrainingStep, MomentumIsOneGraph) {
  expect_one_graph<torch::optim::SGD>(
      torch::optim::SGDOptions(0.1).momentum(0.9).dampening(0.1).weight_decay(0.01));
}
TEST(TrainingStep, AdamIsOneGraph) {
  expect_one_graph<torch::optim::Adam>(torch::optim::AdamOptions(0.1).amsgrad(true));
}
TEST(TrainingStep, AdamWIsOneGraph) {
  expect_one_graph<torch::optim::AdamW>(torch::optim::AdamWOptions(0.1));
}

TEST(TrainingStep, TheOthersAreOneGraph) {
  using namespace torch::optim;
  expect_one_graph<RMSprop>(RMSpropOptions(0.1).momentum(0.9).centered(true).weight_decay(0.01));
  expect_one_graph<Adagrad>(AdagradOptions(0.1).lr_decay(0.1));
  expect_one_graph<Adadelta>(AdadeltaOptions(0.1));
  expect_one_graph<Adamax>(AdamaxOptions(0.1));
  expect_one_graph<NAdam>(NAdamOptions(0.1));
  expect_one_graph<RAdam>(RAdamOptions(0.1));
  expect_one_graph<ASGD>(ASGDOptions(0.1).t0(2));
  expect_one_graph<Rprop>(RpropOptions(0.1));
}

// Other numbers, and what is special about step 6 of RAdam's, are no other graph.
TEST(TrainingStep, NumbersThatChangeCompileNothing) {
  using namespace torch::optim;
  Tensor w = torch::ones({5}).requires_grad_();
  RAdam optimizer({w}, RAdamOptions(0.1).weight_decay(0.1));
  auto& options = static_cast<RAdamOptions&>(optimizer.param_groups()[0].options());
  uint64_t compiled = 0;
  for (int i = 0; i < 12; ++i) {
    optimizer.zero_grad();
    (w * w).sum().backward();
    optimizer.step();
    if (i == 0) compiled = weft::ledger().compile_count;
    options.lr(0.01 * i).betas(std::make_tuple(0.5 + 0.01 * i, 0.9 + 0.001 * i)).weight_decay(0.2);
    options.eps(1e-8 * i);
  }
  EXPECT_EQ(weft::ledger().compile_count, compiled);
}

// Forward, backward, clipping and update are one executable, unless somebody looks at the norm.
TEST(TrainingStep, ClippingIsPartOfTheGraph) {
  nn::Sequential model(nn::Linear(8, 12), nn::Tanh(), nn::Linear(12, 4));
  Data data;
  for (const Tensor& p : model->parameters()) weft::eval(p);
  torch::optim::Adam optimizer(model->parameters(), torch::optim::AdamOptions(0.1));
  auto step = [&](double max_norm) {
    optimizer.zero_grad();
    nn::functional::cross_entropy(model->forward(data.x), data.y).backward();
    auto norm = nn::utils::clip_grad_norm_(model->parameters(), max_norm);
    nn::utils::clip_grad_value_(model->parameters(), 0.5);
    optimizer.step();
    return norm;
  };
  step(1);
  const weft::Ledger first = weft::ledger();
  step(2);
  const nn::utils::TotalNorm norm = step(3);
  const weft::Ledger last = weft::ledger();
  EXPECT_EQ(last.compile_count, first.compile_count);
  EXPECT_EQ(last.barrier_count, first.barrier_count + 2);
  EXPECT_GT(norm, 0.0);
  EXPECT_EQ(norm.tensor().item<double>(), double(norm));
}

// The update of 100 tensors: a few launches, in place.
template <class Optimizer, class Options> void expect_few_launches(const char* name, Options options) {
  std::vector<Tensor> params;
  for (int i = 0; i < 100; ++i) {
    params.push_back(torch::ones({3 + i % 7, 40}).requires_grad_());
    params.back().mutable_grad() = torch::ones({3 + i % 7, 40});
    weft::eval(params.back(), params.back().grad());
  }
  Optimizer optimizer(params, options);
  optimizer.step();
  torch::runtime::LaunchedKernels launched;
  optimizer.step();
  EXPECT_LE(torch::runtime::launches(launched.list()), 3u) << name;
}
TEST(TrainingStep, AnUpdateOfManyTensorsIsAFewLaunches) {
  using namespace torch::optim;
  expect_few_launches<SGD>("SGD", SGDOptions(0.1).momentum(0.9));
  expect_few_launches<Adam>("Adam", AdamOptions(0.1).amsgrad(true));
  expect_few_launches<AdamW>("AdamW", AdamWOptions(0.1));
  expect_few_launches<RMSprop>("RMSprop", RMSpropOptions(0.1).momentum(0.9).centered(true));
  expect_few_launches<Adagrad>("Adagrad", AdagradOptions(0.1));
  expect_few_launches<Adadelta>("Adadelta", AdadeltaOptions(0.1));
  expect_few_launches<Adamax>("Adamax", AdamaxOptions(0.1));
  expect_few_launches<NAdam>("NAdam", NAdamOptions(0.1));
  expect_few_launches<RAdam>("RAdam", RAdamOptions(0.1));
  expect_few_launches<ASGD>("ASGD", ASGDOptions(0.1));
  expect_few_launches<Rprop>("Rprop", RpropOptions(0.1));
}

TEST(TrainingStep, TheBarrierIsTheUsersLine) {
  nn::Sequential model(nn::Linear(8, 4));
  Data data;
  torch::optim::SGD optimizer(model->parameters(), torch::optim::SGDOptions(0.1));
  one_step(model, optimizer, data);
  const weft::BarrierEntry entry = weft::ledger().barriers.back();
  EXPECT_EQ(entry.what, "optimizer.step()");
  EXPECT_NE(entry.where.find("step_test.cpp:"), std::string::npos) << entry.where;
}

// Whether or not somebody saw the failure before: a step that changes nothing is not silent. The
// next one is as if it had not been.
TEST(TrainingStep, AStepOnAFailedGradientRaises) {
  for (bool seen : {false, true}) {
    Tensor w = torch::ones({2}).requires_grad_(), table = torch::ones({2}),
           other = torch::ones({3});
    weft::eval(w, table, other);
    torch::optim::SGD optimizer({w}, torch::optim::SGDOptions(0.5));
    Tensor at = torch::tensor({7}) + 0, picked = table.index_select(0, at);
    const int line = __LINE__ - 1;
    if (seen) {
      EXPECT_EQ((other + 1).sum().item<float>(), 6);
    }
    (w * picked).sum().backward();
    try {
      optimizer.step();
      ADD_FAILURE() << "nothing was thrown";
    } catch (const c10::IndexError& e) {
      EXPECT_EQ(e.line(), line) << e.what();
    }
    optimizer.zero_grad();
    (w * 2).sum().backward();
    optimizer.step();
    EXPECT_EQ(w[0].item<float>(), 0);
  }
}

TEST(TrainingStep, ReadingTheLossAfterTheStepComputesNothing) {
  nn::Sequential model(nn::Linear(8, 4));
  Data data;
  torch::optim::SGD optimizer(model->parameters(), torch::optim::SGDOptions(0.1));
  Tensor loss = nn::functional::cross_entropy(model->forward(data.x), data.y);
  loss.backward();
  optimizer.step();
  const uint64_t barriers = weft::ledger().barrier_count;
  EXPECT_GT(loss.item<float>(), 0);
  EXPECT_EQ(weft::ledger().barrier_count, barriers);
}
}  // namespace
