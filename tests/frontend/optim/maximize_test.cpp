// `maximize`, which PyTorch has in Python only; and options of groups over the optimizer's
// (libtorch 2.15).
#include <gtest/gtest.h>
#include <torch/torch.h>

namespace {
using torch::Tensor;
using namespace torch::optim;

TEST(Optim, MaximizeGoesUp) {
  Tensor a = torch::ones({2}).requires_grad_(), b = torch::ones({2}).requires_grad_();
  SGD up({a}, SGDOptions(0.25).maximize(true));
  Adam up_too({b}, AdamOptions(0.25).maximize(true));
  (a.sum() + b.sum()).backward();
  up.step();
  up_too.step();
  EXPECT_EQ(a[0].item<float>(), 1.25);
  EXPECT_NEAR(b[0].item<float>(), 1.25, 1e-6);
}

TEST(Optim, GroupOptionsInheritWhatTheyDoNotSet) {
  std::vector<OptimizerParamGroup> groups;
  groups.emplace_back(std::vector<Tensor>{torch::ones({1}).requires_grad_()},
                      std::make_unique<AdamOptions>(AdamOptions().weight_decay(0.1)));
  Adam optimizer(groups, AdamOptions(0.01).weight_decay(0.05));
  auto& options = static_cast<AdamOptions&>(optimizer.param_groups()[0].options());
  EXPECT_EQ(options.lr(), 0.01);
  EXPECT_EQ(options.weight_decay(), 0.1);
}
}  // namespace
