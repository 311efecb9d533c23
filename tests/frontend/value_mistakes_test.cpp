// Mistakes that only values show: raised at the line that recorded the function, in libtorch's
// words, whether the values were known then or are computed later; whatever is there stays as it
// was. In both tiers.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>
#include <functional>

namespace {
namespace F = torch::nn::functional;
using torch::Tensor;

struct Mistake {
  const char* name;
  const char* says;
  bool is_index;
  Tensor wrong;  // what `make` refuses
  Tensor right;  // what it does not
  std::function<Tensor(const Tensor& x, const Tensor& given)> make;  // x: float(3, 4), above 0
};

Tensor longs(std::vector<int64_t> values) { return torch::tensor(values, torch::kLong); }
Tensor floats(std::vector<double> values) { return torch::tensor(values, torch::kFloat); }

std::vector<Mistake> losses() {
  const Tensor classes = longs({3, 0, 1}), planes = torch::ones({3, 2}, torch::kLong);
  const auto options = F::CrossEntropyFuncOptions();
  return {
      {"nll_loss", "nll_loss: Target 4 is out of bounds.", true, longs({0, 4, 1}), classes,
       [](const Tensor& x, const Tensor& t) { return F::nll_loss(x, t); }},
      {"nll_loss_below", "Target -3 is out of bounds.", true, longs({0, 1, -3}), classes,
       [](const Tensor& x, const Tensor& t) { return F::nll_loss(x, t); }},
      {"nll_loss_ignores_one", "Target -7 is out of bounds.", true, longs({-1, 1, -7}),
       longs({-1, 9, 2}).clamp_max(3),
       [](const Tensor& x, const Tensor& t) {
         return F::nll_loss(x, t, F::NLLLossFuncOptions().ignore_index(-1).weight(x[0]));
       }},
      {"nll_loss_of_planes", "Target 5 is out of bounds.", true, planes * 5, planes,
       [](const Tensor& x, const Tensor& t) {
         return F::nll_loss(x.unsqueeze(2).expand({3, 4, 2}), t);
       }},
      {"cross_entropy", "Target 100 is out of bounds.", true, longs({0, 100, 1}), classes,
       [](const Tensor& x, const Tensor& t) { return F::cross_entropy(x, t); }},
      {"cross_entropy_smoothed", "Target 4 is out of bounds.", true, longs({4, -100, 1}),
       longs({3, -100, 1}),
       [=](const Tensor& x, const Tensor& t) {
         return F::cross_entropy(x, t, F::CrossEntropyFuncOptions(options).label_smoothing(0.1));
       }},
      {"multi_margin_loss", "target out of range", false, longs({0, 4, 1}), classes,
       [](const Tensor& x, const Tensor& t) { return F::multi_margin_loss(x, t); }},
      {"multilabel_margin_loss", "argument #2 'target' is out of range", false,
       longs({0, 4, -1, 0}), longs({0, 3, -1, 0}),
       [](const Tensor& x, const Tensor& t) { return F::multilabel_margin_loss(x[0], t); }},
      {"binary_cross_entropy", "all elements of input should be between 0 and 1", false,
       floats({0, 0.5, 1, 1.5}), floats({0, 0.5, 1, -0.0}),
       [](const Tensor&, const Tensor& p) { return F::binary_cross_entropy(p, p.detach() * 0); }},
      {"binary_cross_entropy_of_nan", "all elements of input should be between 0 and 1 (got nan)",
       false, floats({0, NAN, 1, 1}), floats({0, 0.5, 1, 1}),
       [](const Tensor& x, const Tensor& p) { return F::binary_cross_entropy(p, x[0] * 0); }},
      {"binary_cross_entropy_target", "all elements of target should be between 0 and 1", false,
       floats({0, -0.25, 1, 1}), floats({0, 0.25, 1, 1}),
       [](const Tensor& x, const Tensor& t) {
         return F::binary_cross_entropy(torch::sigmoid(x[0]), t);
       }},
  };
}

std::vector<Mistake> others() {
  return {
      {"one_hot", "Class values must be smaller than num_classes.", false, longs({0, 4, 1}),
       longs({0, 3, 1}), [](const Tensor&, const Tensor& t) { return F::one_hot(t, 4); }},
      {"one_hot_below", "Class values must be non-negative.", false, longs({0, -1, 1}),
       longs({0, 3, 1}), [](const Tensor&, const Tensor& t) { return F::one_hot(t, 4); }},
      {"embedding", "embedding: index out of range in self", true, longs({0, 3}), longs({2, 0}),
       [](const Tensor& x, const Tensor& t) { return F::embedding(t, x); }},
      {"embedding_below", "index out of range in self", true, longs({0, -1}), longs({2, 0}),
       [](const Tensor& x, const Tensor& t) { return F::embedding(t, x); }},
      {"bernoulli", "bernoulli: Expected p_in >= 0 && p_in <= 1 to be true, but got false", false,
       floats({0, 1.5}), floats({0, 1}),
       [](const Tensor&, const Tensor& p) { return torch::bernoulli(p); }},
      {"bernoulli_", "Expected p_in >= 0 && p_in <= 1 to be true, but got false", false,
       floats({0, -0.5}), floats({0, 1}),
       [](const Tensor&, const Tensor& p) { return torch::zeros({2}).bernoulli_(p); }},
      {"multinomial", "probability tensor contains either `inf`, `nan` or element < 0", false,
       floats({0.5, -1}), floats({0, 1}),
       [](const Tensor&, const Tensor& p) { return torch::multinomial(p, 1); }},
      {"multinomial_of_infinity", "probability tensor contains either `inf`", false,
       floats({0.5, INFINITY}), floats({3e38, 1}),
       [](const Tensor&, const Tensor& p) { return torch::multinomial(p, 4, true); }},
      {"multinomial_of_nothing", "invalid multinomial distribution (sum of probabilities <= 0)",
       false, floats({0, 0}), floats({0, 1e-45}),
       [](const Tensor&, const Tensor& p) { return torch::multinomial(p, 1); }},
      {"normal", "normal expects all elements of std >= 0.0", false, floats({1, -2}),
       floats({0, 2}), [](const Tensor&, const Tensor& std) { return torch::normal(0.0, std); }},
      {"gather", "index 4 is out of bounds for dimension 1 with size 4", true, longs({4, 0, 0}),
       longs({3, 0, 0}),
       [](const Tensor& x, const Tensor& t) { return x.gather(1, t.unsqueeze(1)); }},
      {"scatter", "index -1 is out of bounds for dimension 1 with size 4", true, longs({-1, 0, 0}),
       longs({3, 0, 0}),
       [](const Tensor& x, const Tensor& t) { return x.scatter(1, t.unsqueeze(1), 1); }},
      {"index", "index 3 is out of bounds for dimension 0 with size 3", true, longs({3, 0}),
       longs({-3, 0}), [](const Tensor& x, const Tensor& t) { return x.index({t}); }},
      {"index_select", "is out of bounds", true, longs({3}), longs({2}),
       [](const Tensor& x, const Tensor& t) { return x.index_select(0, t); }},
      {"take", "index 12 is out of bounds for dimension 0 with size 12", true,
       longs({12}), longs({-12}), [](const Tensor& x, const Tensor& t) { return x.take(t); }},
      {"index_add", "is out of bounds", true, longs({3}), longs({2}),
       [](const Tensor& x, const Tensor& t) { return x.index_add(0, t, torch::ones({1, 4})); }},
      {"max_unpool1d", "Found an invalid max index: 50", true, longs({0, 50}).reshape({1, 1, 2}),
       longs({0, 3}).reshape({1, 1, 2}),
       [](const Tensor& x, const Tensor& t) {
         return F::max_unpool1d(x[0].slice(0, 0, 2).reshape({1, 1, 2}), t,
                                F::MaxUnpool1dFuncOptions(2));
       }},
      {"embedding_bag", "is out of bounds for dimension 0 with size 3", true, longs({3, 0}),
       longs({2, 0}),
       [](const Tensor& x, const Tensor& t) {
         return F::embedding_bag(t, x, F::EmbeddingBagFuncOptions().offsets(longs({0, 1})));
       }},
  };
}

const std::vector<Mistake>& mistakes() {
  static const std::vector<Mistake> all = [] {
    std::vector<Mistake> list = losses();
    for (Mistake& m : others()) list.push_back(m);
    return list;
  }();
  return all;
}

class ValueMistakes : public testing::TestWithParam<size_t> {
 protected:
  void expect_refusal(const std::function<void()>& run) {
    const Mistake& m = mistakes()[GetParam()];
    try {
      run();
      ADD_FAILURE() << "nothing was thrown";
    } catch (const c10::Error& error) {
      const std::string said = error.what();
      EXPECT_NE(said.find(m.says), std::string::npos) << said << "\nexpected: " << m.says;
      EXPECT_NE(said.find("value_mistakes_test.cpp:"), std::string::npos) << said;
      EXPECT_EQ(dynamic_cast<const c10::IndexError*>(&error) != nullptr, m.is_index) << said;
    }
  }
};
// The same numbers, not yet computed.
Tensor later(const Tensor& t) { return t.clone() + torch::zeros_like(t); }

TEST_P(ValueMistakes, OfKnownValuesAndOfComputedOnes) {
  const Mistake& m = mistakes()[GetParam()];
  const Tensor x = torch::arange(1, 13, torch::kFloat).reshape({3, 4}) / 20, pending = x * 2;
  weft::eval(m.wrong);
  expect_refusal([&] { weft::eval(m.make(x, m.wrong)); });
  const Tensor wrong = later(m.wrong);
  const Tensor result = m.make(x, wrong), behind = result.to(torch::kFloat).sum() + 1;
  expect_refusal([&] { weft::eval(behind); });
  expect_refusal([&] { behind.item<float>(); });
  EXPECT_NEAR(pending.sum().item<float>(), 7.8f, 1e-5);
  EXPECT_TRUE(wrong.nan_to_num(0, 1, 0).equal(m.wrong.nan_to_num(0, 1, 0)));
  weft::eval(m.make(x, m.right));
  weft::eval(m.make(x, later(m.right)));
}
INSTANTIATE_TEST_SUITE_P(All, ValueMistakes, testing::Range<size_t>(0, mistakes().size()),
                         [](const auto& info) { return std::string(mistakes()[info.param].name); });

// A step that cannot be computed changes nothing, and the next one can.
void expect_nothing_changes(bool read) {
  torch::manual_seed(1);
  torch::nn::Linear net(4, 3);
  torch::optim::Adam optimizer(net->parameters(), 0.1);
  const Tensor x = torch::randn({5, 4});
  auto step = [&](const Tensor& target) {
    optimizer.zero_grad();
    const auto loss = [&] { return F::cross_entropy(net(x), later(target)); };
    if (!read) {
      loss().backward();
    } else {
      const Tensor kept = loss();
      kept.backward();
      kept.item<float>();
    }
    optimizer.step();
    return net->weight.detach().clone();
  };
  const Tensor first = step(longs({0, 1, 2, 1, 0}));
  weft::eval(first);
  for (int again = 0; again < 3; ++again) {
    try {
      weft::eval(step(longs({0, 1, 2, 3, 0})));
      ADD_FAILURE() << "nothing was thrown";
    } catch (const c10::IndexError& error) {
      EXPECT_NE(std::string(error.what()).find("Target 3 is out of bounds."), std::string::npos)
          << error.what();
    }
    EXPECT_TRUE(net->weight.equal(first));
  }
  EXPECT_FALSE(step(longs({0, 1, 2, 1, 0})).equal(first));
}
TEST(ValueMistakesOfSteps, ChangeNothing) { expect_nothing_changes(true); }
TEST(ValueMistakesOfSteps, ChangeNothingThoughNobodyReadsTheLoss) {
  expect_nothing_changes(false);
}
}  // namespace
