// Every function on libtorch's lists of what autocast concerns, by the type of its result.
#include <ATen/autocast_mode.h>

#include "tests/frontend/cuda/autocast_cases.h"
#include "tests/frontend/cuda/cuda.h"

using namespace autocast_cases;

namespace {
class Autocast : public testing::TestWithParam<torch::DeviceType> {
 protected:
  void SetUp() override { at::autocast::set_autocast_enabled(GetParam(), true); }
  void TearDown() override { at::autocast::set_autocast_enabled(GetParam(), false); }
  torch::ScalarType narrow() const { return at::autocast::get_autocast_dtype(GetParam()); }
  Tensor matrix(torch::ScalarType type) const {
    return (torch::arange(16).view({4, 4}) * 0.05 + 0.1).to(GetParam(), type);
  }
  Type expected(const Case& c) const { return GetParam() == torch::kCUDA ? c.on_gpu : c.on_host; }

  void check(const std::vector<Case>& cases) {
    for (const Case& c : cases) {
      SCOPED_TRACE(c.name);
      for (const torch::ScalarType type : {narrow(), torch::kFloat, torch::kDouble}) {
        const torch::ScalarType wanted = type == torch::kDouble      ? type
                                         : expected(c) == lower      ? narrow()
                                         : expected(c) == given      ? type
                                                                     : torch::kFloat;
        // As they are, some are not there for half precision.
        if (type == narrow() && expected(c) == given && is_float_only(c.name)) continue;
        EXPECT_EQ(c.call(matrix(type)).scalar_type(), wanted) << type;
      }
    }
  }

 private:
  static bool is_float_only(const std::string& name) {
    return name == "pdist" || name == "quantile" || name == "nanquantile" || name == "ctc_loss";
  }
};
INSTANTIATE_TEST_SUITE_P(, Autocast, testing::Values(torch::kCPU, torch::kCUDA),
                         [](const auto& i) { return i.param == torch::kCPU ? "host" : "gpu"; });
}  // namespace

TEST_P(Autocast, Products) { check(products()); }
TEST_P(Autocast, Range) { check(range()); }
TEST_P(Autocast, Losses) { check(losses()); }
TEST_P(Autocast, Images) { check(images()); }
TEST_P(Autocast, Meetings) { check(meetings()); }
TEST_P(Autocast, Strict) {
  for (const Case& c : strict()) {
    SCOPED_TRACE(c.name);
    if (expected(c) == mixed) EXPECT_EQ(c.call(matrix(narrow())).scalar_type(), torch::kFloat);
    else EXPECT_THROW(c.call(matrix(narrow())), c10::Error);
  }
}

TEST_P(Autocast, TheWidestIsOfItsTypes) {
  const torch::ScalarType other = narrow() == torch::kHalf ? torch::kBFloat16 : torch::kHalf;
  const Tensor x = matrix(other);
  const auto call = [&] { return GetParam() == torch::kCUDA ? torch::atan2(x, x) : torch::cat({x, x}); };
  refuses(call, {"Unexpected floating ScalarType in at::autocast::prioritize", "autocast_lists_test"});
}

TEST_P(Autocast, BinaryCrossEntropy) {
  const Tensor x = matrix(torch::kFloat);
  const auto call = [&] { return torch::binary_cross_entropy(x, x); };
  if (GetParam() == torch::kCPU) EXPECT_EQ(call().scalar_type(), torch::kFloat);
  else
    refuses(call, {"unsafe to autocast", "binary_cross_entropy_with_logits", "autocast_lists_test"});
}
