// Loops that are recorded once: what they compute, how they differentiate, what they may read.
#include "frontend/record/scan.h"

#include "tests/frontend/nn/throws.h"

namespace {
using torch::Tensor;
using Tensors = std::vector<Tensor>;
using torch::record::Scanned;

// Sums of rows, scaled by a captured tensor in each step.
Scanned decaying(const Tensor& first, const Tensor& rows, const Tensor& by, bool reverse = false) {
  return torch::record::scan({first}, {rows}, reverse, [&](const Tensors& s, const Tensors& x) {
    const Tensor next = s[0] * by.exp() + x[0];
    return Scanned{{next}, {next * 2}};
  });
}

TEST(Scan, IsTheLoopWrittenOut) {
  const Tensor rows = torch::arange(12).to(torch::kFloat).reshape({4, 3}).requires_grad_();
  const Tensor by = torch::full({3}, -0.5).requires_grad_(), first = torch::ones({3}).requires_grad_();
  const auto gradients = [&](const Tensor& loss) {
    Tensors grads = torch::autograd::grad({loss}, {rows, by, first});
    grads.push_back(loss);
    return grads;
  };
  const Scanned made = decaying(first, rows, by);
  const Tensors got = gradients((made.outputs[0] * rows.detach()).sum() + made.states[0].sum());
  Tensor state = first, loss = torch::zeros({});
  for (int64_t t = 0; t < 4; ++t) {
    state = state * by.exp() + rows[t];
    loss = loss + (state * 2 * rows[t].detach()).sum();
  }
  const Tensors wanted = gradients(loss + state.sum());
  for (size_t i = 0; i < got.size(); ++i) EXPECT_TRUE(torch::allclose(got[i], wanted[i])) << i;
}

TEST(Scan, GoesBackwards) {
  const Tensor rows = torch::tensor({1.f, 2.f, 3.f}).reshape({3, 1});
  const Scanned made = decaying(torch::zeros({1}), rows, torch::zeros({1}), true);
  EXPECT_TRUE(made.outputs[0].flatten().equal(torch::tensor({12.f, 10.f, 6.f})));
}

TEST(Scan, WithoutGradientsInside) {
  const Tensor rows = torch::ones({3, 2}).requires_grad_(), w = torch::ones({2}).requires_grad_();
  const Scanned made =
      torch::record::scan({torch::zeros({2})}, {rows}, false, [&](const Tensors& s, const Tensors& x) {
        Tensor held;
        {
          torch::NoGradGuard no_grad;
          held = x[0] * 3;
        }
        return Scanned{{s[0] + held * w}, {}};
      });
  made.states[0].sum().backward();
  EXPECT_FALSE(rows.grad().defined() && rows.grad().abs().sum().item<float>() != 0);
  EXPECT_EQ(w.grad().sum().item<float>(), 18);
}

TEST(Scan, ValuesOfAStepAreNotThereYet) {
  expect_throw("a value of a loop's step was asked for", [] {
    torch::record::scan({torch::zeros({2})}, {torch::ones({3, 2})}, false,
                        [](const Tensors& s, const Tensors&) {
                          if (s[0].sum().item<float>() > 0) return Scanned{{s[0]}, {}};
                          return Scanned{{s[0] * 2}, {}};
                        });
  });
  EXPECT_EQ((torch::ones({2}) + 1).sum().item<float>(), 4);  // all is well afterwards
}

TEST(Scan, StatesKeepTheirSizes) {
  expect_throw("expected next state 0 to be", [] {
    torch::record::scan({torch::zeros({2})}, {torch::ones({3, 2})}, false,
                        [](const Tensors& s, const Tensors&) {
                          return Scanned{{s[0].sum()}, {}};
                        });
  });
}

TEST(Scan, MayReadWhatIsPendingAndParameters) {
  const Tensor w = torch::ones({2, 2}).requires_grad_();
  {
    torch::NoGradGuard no_grad;
    w.mul_(0.5);
  }
  const Scanned made = torch::record::scan(
      {torch::ones({1, 2})}, {torch::ones({4, 1, 2})}, false,
      [&](const Tensors& s, const Tensors& x) { return Scanned{{s[0].matmul(w.t()) + x[0]}, {}}; });
  EXPECT_EQ(made.states[0].sum().item<float>(), 10);
}

// A training step of a recurrent network over sequences of this length.
void train(torch::nn::LSTM& lstm, torch::optim::SGD& sgd, int64_t length) {
  const Tensor x = torch::ones({length, 4, 8});
  sgd.zero_grad();
  std::get<0>(lstm->forward(x)).square().sum().backward();
  sgd.step();
}

TEST(Scan, KnownStepsCompileNothingAndOtherLengthsNoCode) {
  torch::nn::LSTM lstm(torch::nn::LSTMOptions(8, 16).num_layers(2));
  torch::optim::SGD sgd(lstm->parameters(), 1e-3);
  for (int64_t length : {48, 80}) train(lstm, sgd, length);
  weft::clear_ledger();
  train(lstm, sgd, 80);
  EXPECT_EQ(weft::ledger().compile_count, 0u);
  train(lstm, sgd, 112);
  int compiled = 0;
  for (const auto& entry : weft::ledger().compiles) compiled += entry.kernels_compiled;
  EXPECT_EQ(compiled, 0);
}
}  // namespace
