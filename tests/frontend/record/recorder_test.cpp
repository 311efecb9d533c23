// What is evaluated when, and what the ledger says of it.
#include <gtest/gtest.h>

#include "frontend/autograd/autograd.h"
#include "frontend/record/eval.h"
#include "frontend/record/evaluate.h"
#include "frontend/record/ledger.h"
#include "frontend/record/signature.h"
#include "frontend/record/tensor_impl.h"
#include "frontend/tensor/indexing.h"
#include "frontend/tensor/namespaces.h"
#include "frontend/tensor/operators.h"
#include "runtime/device/buffer.h"

namespace {
using torch::Tensor;
using torch::Location;

uint64_t compiles() { return torch::ledger().compile_count; }
uint64_t barriers() { return torch::ledger().barrier_count; }
bool known(const Tensor& t) {
  const torch::record::Value& v = torch::record::impl(t)->storage->value.get();
  return v->state.load() == torch::record::State::known;
}

TEST(Recorder, NumbersAndStartsAreRunTimeInputs) {
  Tensor x = torch::arange(100, torch::kFloat).reshape({10, 10});
  torch::eval(x);
  auto run = [&](double factor, int64_t row) {
    return (x[row] * factor + x.slice(1, row, row + 1).sum()).sum().item<float>();
  };
  run(2, 1);
  const uint64_t before = compiles();
  for (int i = 0; i < 9; ++i) {
    float expected = 0;
    for (int c = 0; c < 10; ++c) expected += static_cast<float>((i * 10 + c) * (i - 1));
    for (int r = 0; r < 10; ++r) expected += 10.0f * static_cast<float>(r * 10 + i);
    EXPECT_EQ(run(i - 1, i), expected);
  }
  EXPECT_EQ(compiles(), before);
}

TEST(Recorder, ATrainingStepIsOneKnownGraph) {
  Tensor w = torch::ones({4, 3}).requires_grad_(), b = torch::zeros({3}).requires_grad_();
  Tensor x = torch::ones({5, 4}), y = torch::zeros({5, 3});
  torch::eval(x, y);
  Tensor kept;
  auto step = [&](double lr) {
    w.mutable_grad() = {};
    b.mutable_grad() = {};
    Tensor loss = (x.matmul(w) + b - y).square().mean();
    loss.backward();
    torch::NoGradGuard no_grad;
    w.sub_(w.grad(), lr);
    b.sub_(b.grad(), lr);
    torch::record::end_step("step", Location::current());
    kept = loss;
  };
  step(0.1);
  step(0.1);
  torch::clear_ledger();
  for (int i = 0; i < 5; ++i) step(0.1 / (i + 1));
  EXPECT_EQ(barriers(), 5u);
  EXPECT_EQ(compiles(), 0u);
  EXPECT_LT(kept.item<float>(), 16.0f);
}

TEST(Recorder, ParametersAreUpdatedInTheirMemory) {
  Tensor w = torch::ones({1000}).requires_grad_();
  auto step = [&] {
    w.mutable_grad() = {};
    (w * w).sum().backward();
    torch::NoGradGuard no_grad;
    w.sub_(w.grad(), 0.1);
    torch::record::end_step("step", Location::current());
  };
  auto address = [&] {
    return torch::record::bytes_of(torch::record::impl(w)->storage->value.get()).data();
  };
  step();
  step();
  const void* before = address();
  step();
  step();
  EXPECT_EQ(address(), before);
}

TEST(Recorder, TemporariesOfAnExpressionStayRecorded) {
  Tensor a = torch::ones({8}), b = torch::zeros({8});
  torch::eval(a, b);
  Tensor difference = a - b;
  difference.pow(2).mean().item<float>();
  EXPECT_FALSE(known(difference));
  // What nothing was made from is computed with the rest.
  Tensor total = torch::zeros({});
  torch::eval(total);
  Tensor loss = (a - b).sum();
  total += loss;
  loss.item<float>();
  EXPECT_TRUE(known(total));
}

TEST(Recorder, DeadNodesNeverRun) {
  Tensor a = torch::ones({8});
  torch::eval(a);
  { Tensor dead = a.exp(); }
  torch::clear_ledger();
  Tensor b = a + 1;
  torch::eval(b);
  EXPECT_EQ(torch::ledger().barriers.back().nodes, 1);
}

TEST(Recorder, ReadingALeafWhoseValueIsPendingIsABarrier) {
  Tensor w = torch::ones({3}).requires_grad_();
  torch::clear_ledger();
  Tensor y = w * 2;
  ASSERT_EQ(barriers(), 1u);
  EXPECT_EQ(torch::ledger().barriers[0].what, "a leaf was read while its value was pending");
  EXPECT_NE(torch::ledger().barriers[0].where.find("recorder_test.cpp"), std::string::npos);
  y = w * 3;
  EXPECT_EQ(barriers(), 1u);
}

// It shares nothing with what is pending and large: neither runs it, nor cuts it in two.
TEST(Recorder, ASmallRequestRunsAlone) {
  Tensor x = torch::ones({1 << 20}), v = torch::ones({3});
  torch::eval(x, v);
  Tensor large = x.exp() + 1, w = torch::ones({3}).requires_grad_();
  torch::clear_ledger();
  Tensor y = w * 2;
  ASSERT_EQ(barriers(), 1u);
  EXPECT_EQ(torch::ledger().barriers[0].nodes, 1);
  EXPECT_FALSE(known(large));
  v[1].item<float>();
  EXPECT_FALSE(known(large));
  torch::eval(large);
  EXPECT_TRUE(known(large));
}

TEST(Recorder, ExecutablesServeSubsetsOfTheirOutputs) {
  Tensor a = torch::ones({16});
  torch::eval(a);
  auto make = [&] { return a.reshape({4, 4}).matmul(a.reshape({4, 4})); };
  {
    Tensor m = make(), s = m.sum(), t = m.exp().sum();
    torch::eval(m, s, t);
  }
  const uint64_t before = compiles();
  {
    Tensor m = make();
    Tensor s = m.sum(), t = m.exp().sum();
    m.reset();
    torch::eval(s, t);
  }
  EXPECT_EQ(compiles(), before);
}

TEST(Recorder, TheLedgerSaysWhatDiffers) {
  auto f = [](const Tensor& x) { return (x * 2).relu().sum().item<float>(); };
  Tensor a = torch::ones({3, 17}), b = torch::ones({5, 17});
  torch::eval(a, b);
  f(a);
  f(b);
  const std::string reason = torch::ledger().compiles.back().reason;
  EXPECT_NE(reason.find("float(5, 17); it was float(3, 17)"), std::string::npos) << reason;
  EXPECT_NE(reason.find("recorder_test.cpp:"), std::string::npos) << reason;
}

TEST(Recorder, ALoopWithoutABarrierIsCutPeriodically) {
  torch::record::set_trace_bound(64);
  Tensor x = torch::zeros({4});
  torch::eval(x);
  torch::clear_ledger();
  for (int i = 0; i < 400; ++i) {
    x = x + 1;
    x = x.relu();
  }
  torch::record::set_trace_bound(8192);
  EXPECT_GE(barriers(), 8u);
  EXPECT_LE(compiles(), 3u);
  EXPECT_EQ(x[0].item<float>(), 400);
  EXPECT_EQ(torch::ledger().barriers[0].what, "the recorded trace reached its bound");
}

TEST(Recorder, LongChainsDoNotOverflowTheStack) {
  torch::record::set_trace_bound(1u << 30);
  {
    Tensor x = torch::zeros({2});
    torch::eval(x);
    for (int i = 0; i < 1000000; ++i) x = x + 1;
    // Nobody looks: a chain of a million nodes goes.
  }
  {
    Tensor w = torch::zeros({2}).requires_grad_(), x = w;
    for (int i = 0; i < 1000000; ++i) x = x + 1;
  }
  {
    Tensor x = torch::zeros({2, 3});
    for (int i = 0; i < 100000; ++i) x = x.unsqueeze(0).transpose(0, 1).select(1, 0);
  }
  torch::record::set_trace_bound(8192);
  Tensor x = torch::zeros({2});
  for (int i = 0; i < 100000; ++i) x = x + 1;
  EXPECT_EQ(x[1].item<float>(), 100000);
}

TEST(Recorder, SignaturesAreBounded) {
  for (int64_t i = 1; i < 100000; ++i) {
    Tensor x = torch::zeros({i});
    (void)x;
  }
  EXPECT_LT(torch::record::signature_count(), 80000u);
}

TEST(Recorder, FailedValuesRaiseWhenTheyAreReadAndStoragesKeepWhatTheyHad) {
  Tensor table = torch::ones({4, 2}), total = torch::ones({2});
  torch::eval(table, total);
  Tensor at = torch::tensor({7}) + 0;  // pending: nobody could check it
  Tensor bad = table.index_select(0, at);
  const int line = __LINE__ - 1;
  total.add_(bad[0]);
  Tensor good = table + 1;
  EXPECT_EQ(good.sum().item<float>(), 16);
  try {
    bad.sum().item<float>();
    FAIL();
  } catch (const c10::IndexError& e) {
    EXPECT_EQ(e.line(), line) << e.what();
  }
  EXPECT_THROW(bad.sum().item<float>(), c10::Error);
  EXPECT_EQ(total.sum().item<float>(), 2);
  total.add_(1);
  EXPECT_EQ(total.sum().item<float>(), 4);
}

TEST(Recorder, EveryStorageThatAFailedValueWasWrittenToKeepsWhatItHad) {
  Tensor table = torch::ones({4, 2});
  Tensor a = torch::full({2}, 1), b = torch::full({2}, 2), c = torch::full({2}, 3);
  torch::eval(table, a, b, c);
  auto bad = [&] { return table.index_select(0, torch::tensor({7}) + 0)[0]; };
  {
    Tensor first = bad();
    a.copy_(first);
    b.copy_(first);
    a.copy_(bad() * 2);  // over what fails as well
    b.add_(1);
    c.copy_(a + b);
  }
  EXPECT_EQ((table + 1).sum().item<float>(), 16);  // all is tried with it
  auto sum = [](const Tensor& t) {
    float value = -1;
    EXPECT_NO_THROW(value = t.sum().item<float>());
    return value;
  };
  EXPECT_EQ(sum(a), 2);
  EXPECT_EQ(sum(b), 4);
  EXPECT_EQ(sum(c), 6);
}

TEST(Recorder, ErrorsNameTheUsersLine) {
  Tensor a = torch::ones({2, 3}), b = torch::ones({2, 3});
  try {
    a.matmul(b);
    FAIL();
  } catch (const c10::Error& e) {
    EXPECT_EQ(e.line(), __LINE__ - 3);
    EXPECT_NE(std::string(e.what()).find(
                  "matmul: mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)"),
              std::string::npos)
        << e.what();
  }
  try {
    a + torch::ones({2});
    FAIL();
  } catch (const c10::Error& e) {
    EXPECT_EQ(e.line(), __LINE__ - 3);
    EXPECT_NE(std::string(e.what_without_backtrace())
                  .find("The size of tensor a (3) must match the size of tensor b (2)"),
              std::string::npos);
  }
}

TEST(Recorder, NoMemoryIsAnErrorAndNothingIsLost) {
  Tensor x = torch::ones({3});
  const int where = __LINE__ + 1;
  Tensor huge = torch::zeros({int64_t(1) << 40, 1024}) + 1;
  EXPECT_THROW(huge.sum(1)[0].item<float>(), c10::OutOfMemoryError);
  // A write that came of it did not take place.
  Tensor written = torch::zeros({2}), view = written[1];
  written.add_(1);
  view.add_(huge.sum(1)[0]);
  try {
    written.sum().item<float>();
    FAIL();
  } catch (const c10::OutOfMemoryError& e) {
    EXPECT_EQ(e.line(), where) << e.what();
  }
  huge.reset();
  EXPECT_EQ(written.sum().item<float>(), 2);
  EXPECT_EQ((view * 3).item<float>(), 3);
  EXPECT_EQ(x.sum().item<float>(), 3);
  EXPECT_THROW(torch::zeros({int64_t(1) << 62, 1024}), c10::Error);
}

// Steps after the leaf's own stay steps: the gradient is theirs, and nothing is written back.
TEST(Recorder, ViewsOfALeafThatIsAView) {
  const Tensor x = torch::arange(6, torch::kFloat).reshape({2, 3}).requires_grad_();
  EXPECT_EQ(x.view({6}).grad_fn()->name(), "ViewBackward0");
  EXPECT_EQ(x.view({3, 2}).grad_fn()->name(), "ViewBackward0");
  EXPECT_EQ(x.t().grad_fn()->name(), "TBackward0");
  EXPECT_EQ(x.as_strided({2}, {3}).grad_fn()->name(), "AsStridedBackward0");
}
}  // namespace
