// What a training step gives back and what stays in memory after it: what the program can still ask
// for, and nothing of the forward pass that backward() went through.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <memory>

#include "runtime/device/buffer.h"

namespace {
namespace nn = torch::nn;
namespace F = torch::nn::functional;
using torch::Tensor;

size_t bytes(const Tensor& t) { return static_cast<size_t>(t.numel()) * t.element_size(); }
size_t allocated() { return torch::runtime::memory_statistics().allocated; }

struct Kept {
  int results = 0;
  size_t bytes = 0;
  friend bool operator==(const Kept& a, const Kept& b) {
    return a.results == b.results && a.bytes == b.bytes;
  }
  friend std::ostream& operator<<(std::ostream& out, const Kept& k) {
    return out << k.results << " results, " << k.bytes << " bytes";
  }
};

// A model with its optimizer, which has `copies` tensors a parameter: the parameter and its
// gradient among them.
struct Training {
  nn::Sequential model;
  std::unique_ptr<torch::optim::Optimizer> optimizer;
  size_t copies;

  template <class Optimizer, class Options>
  static Training with(nn::Sequential model, Options options, size_t copies) {
    for (const Tensor& p : model->parameters()) weft::eval(p);
    for (const Tensor& b : model->buffers()) weft::eval(b);
    return {model, std::make_unique<Optimizer>(model->parameters(), options), copies};
  }
  template <class... Modules> static Training with_momentum(Modules&&... modules) {
    return with<torch::optim::SGD>(nn::Sequential(std::forward<Modules>(modules)...),
                                   torch::optim::SGDOptions(0.01).momentum(0.9), 3);
  }

  // What a step has to give back and to keep when the program holds tensors like `held`.
  Kept expected(const std::vector<Tensor>& held) const {
    Kept k;
    auto add = [&k](const Tensor& t, size_t times) {
      k.results += static_cast<int>(times), k.bytes += times * bytes(t);
    };
    for (const Tensor& p : model->parameters()) add(p, copies);
    for (const Tensor& b : model->buffers()) add(b, 1);
    for (const Tensor& t : held) add(t, 1);
    return k;
  }

  // What the fourth step gives back, and the bytes that go with the model and what was held.
  // `forward` gives the loss first, and what else the program holds on to until the next step is
  // over.
  template <class Function> Kept measure(Function forward) {
    std::vector<Tensor> held;
    for (int i = 0; i < 4; ++i) {
      optimizer->zero_grad();
      std::vector<Tensor> now = forward(*model);
      now[0].backward();
      optimizer->step();
      held = std::move(now);
    }
    const weft::BarrierEntry barrier = weft::ledger().barriers.back();
    EXPECT_EQ(barrier.what, "optimizer.step()");
    const size_t with = allocated();
    held.clear();
    optimizer = nullptr;
    model = nullptr;
    return {barrier.outputs, with - allocated()};
  }
};

const Tensor scalar = torch::zeros({}), logits = torch::zeros({8, 10});

struct Images {
  Tensor x = torch::randn({8, 1, 12, 12}), y = torch::randint(0, 10, {8});
  Images() { weft::eval(x, y); }
};

Training cnn() {
  return Training::with_momentum(nn::Conv2d(1, 4, 3), nn::ReLU(), nn::MaxPool2d(2),
                                 nn::Conv2d(4, 6, 2), nn::ReLU(), nn::MaxPool2d(2), nn::Flatten(),
                                 nn::Linear(24, 16), nn::ReLU(), nn::Linear(16, 10),
                                 nn::LogSoftmax(1));
}

TEST(Liveness, Cnn) {
  Images data;
  Training t = cnn();
  const Kept expected = t.expected({scalar});
  EXPECT_EQ(expected.results, 25);
  EXPECT_EQ(t.measure([&](auto& m) {
    return std::vector<Tensor>{torch::nll_loss(m.forward(data.x), data.y)};
  }),
            expected);
}

TEST(Liveness, WhatTheProgramHoldsOfTheLastStep) {
  Images data;
  Training t = cnn();
  // The logits, and an accuracy made of them.
  auto step = [&](auto& m) {
    Tensor said = m.forward(data.x);
    Tensor right = said.argmax(1).eq(data.y).sum();
    return std::vector<Tensor>{torch::nll_loss(said, data.y), said, right};
  };
  const Kept expected = t.expected({scalar, logits, torch::zeros({}, torch::kLong)});
  EXPECT_EQ(t.measure(step), expected);
}

TEST(Liveness, MlpWithAdam) {
  const Tensor x = torch::randn({8, 12}), y = torch::randint(0, 10, {8});
  weft::eval(x, y);
  nn::Sequential model(nn::Linear(12, 16), nn::GELU(), nn::Linear(16, 16), nn::Tanh(),
                       nn::Linear(16, 10));
  auto t = Training::with<torch::optim::Adam>(model, torch::optim::AdamOptions(1e-3), 4);
  model = nullptr;
  const Kept expected = t.expected({scalar});
  EXPECT_EQ(
      t.measure([&](auto& m) { return std::vector<Tensor>{F::cross_entropy(m.forward(x), y)}; }),
      expected);
}

TEST(Liveness, BatchNormAndDropout) {
  Images data;
  auto t =
      Training::with_momentum(nn::Conv2d(1, 4, 3), nn::BatchNorm2d(4), nn::ReLU(), nn::Dropout(0.3),
                              nn::MaxPool2d(2), nn::Flatten(), nn::Linear(100, 10));
  const Kept expected = t.expected({scalar});
  EXPECT_EQ(t.measure([&](auto& m) {
    return std::vector<Tensor>{F::cross_entropy(m.forward(data.x), data.y)};
  }),
            expected);
}

// Ops with several results, views, in-place writes, whole and through views, and ops that save
// nothing.
TEST(Liveness, HistoriesOfAllKinds) {
  Images data;
  Training t = cnn();
  auto step = [&](auto& m) {
    Tensor h = m.forward(data.x).exp() + 1;
    h.mul_(2);
    h.select(1, 0).add_(h.select(1, 1).detach());
    h[0].copy_(h[1] * 3);
    auto [most, where] = h.max(1, true);
    const std::vector<Tensor> parts = h.chunk(2, 1);
    Tensor loss = (parts[0] - most).abs().sum() / 3 +
                  torch::cat({parts[1], h}, 1).t().contiguous().view({-1}).square().mean();
    return std::vector<Tensor>{loss};
  };
  const Kept expected = t.expected({scalar});
  EXPECT_EQ(t.measure(step), expected);
}

TEST(Liveness, ReadBeforeBackward) {
  Images data;
  Training t = cnn();
  auto step = [&](auto& m) {
    Tensor said = m.forward(data.x), loss = torch::nll_loss(said, data.y);
    EXPECT_GT(loss.template item<float>(), 0);
    return std::vector<Tensor>{loss};
  };
  Kept expected = t.expected({scalar});
  --expected.results;  // was known before the step
  EXPECT_EQ(t.measure(step), expected);
}

TEST(Liveness, RetainedGraphsKeepWhatTheySave) {
  Images data;
  Training t = cnn();
  const size_t expected = t.expected({}).bytes;
  Tensor loss = torch::nll_loss(t.model->forward(data.x), data.y);
  loss.backward({}, true);
  t.optimizer->step();
  const size_t retained = allocated();
  loss.backward();
  t.optimizer->step();
  EXPECT_LT(allocated(), retained);
  EXPECT_THROW(loss.backward(), c10::Error);
  loss = {};
  const size_t with = allocated();
  t = {nn::Sequential(nullptr), nullptr, 0};
  EXPECT_EQ(with - allocated(), expected);
}

TEST(Liveness, WithoutGradOnlyTheResult) {
  Images data;
  Training t = cnn();
  torch::NoGradGuard no_grad;
  Tensor said;
  for (int i = 0; i < 3; ++i) {
    const size_t before = allocated();
    said = {};
    said = t.model->forward(data.x);
    weft::eval(said);
    EXPECT_EQ(weft::ledger().barriers.back().outputs, 1);
    if (i > 0) EXPECT_EQ(allocated(), before);
  }
}
// A value that is known already and passes through as it is makes no other graph of the one that
// lacks it.
TEST(Liveness, InputsThatNoOpReadsCount) {
  const auto made = [] { return torch::tensor({0.5, -2.0}).to(torch::kFloat).reshape({2}).clone(); };
  const auto first = [](const Tensor& t) {
    torch::NoGradGuard no_grad;
    return t.detach().to(torch::kDouble).contiguous().clone().const_data_ptr<double>()[0];
  };
  Tensor x = made().requires_grad_(), y = made(), z = made().requires_grad_() * 1.25;
  EXPECT_EQ(first(x.data()), 0.5);
  EXPECT_EQ(first(y), 0.5);
  {
    torch::NoGradGuard no_grad;
    z.clamp_(-1, 1);
  }
  EXPECT_EQ(first(z), 0.625);
  EXPECT_TRUE(z.grad_fn());
  EXPECT_EQ(first(x), 0.5);
  EXPECT_EQ(first(y), 0.5);
  EXPECT_EQ(first(z), 0.625);
}
}  // namespace
