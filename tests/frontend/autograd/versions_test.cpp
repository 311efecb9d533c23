// Values that a gradient needs and that were written to since: refused where torch refuses them,
// legal where it lets them pass (what an op saves is torch's: relu its result, sums nothing).
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <functional>

namespace {
using torch::Tensor;

struct Case {
  const char* name;
  bool legal;
  std::function<Tensor(Tensor& x, Tensor& w)> forward;  // both carry gradients and are no leaves
  std::function<void(Tensor& x, Tensor& w, Tensor& y)> write;
};
void add_to_x(Tensor& x, Tensor&, Tensor&) { x.add_(1); }
void add_to_w(Tensor&, Tensor& w, Tensor&) { w.add_(1); }
void add_to_y(Tensor&, Tensor&, Tensor& y) { y.add_(1); }
void nothing(Tensor&, Tensor&, Tensor&) {}
Tensor product(Tensor& x, Tensor& w) { return x * w; }

const Case cases[] = {
    {"mul_left", false, product, add_to_x},
    {"mul_right", false, product, add_to_w},
    {"mul_result", true, product, add_to_y},
    {"mul_in_place", true, [](Tensor& x, Tensor& w) { return x.mul_(w); }, nothing},
    {"mul_by_itself_in_place", false, [](Tensor& x, Tensor&) { return x.mul_(x); }, nothing},
    {"addcmul_in_place_of_itself", false, [](Tensor& x, Tensor& w) { return x.addcmul_(x, w); },
     nothing},
    {"addcmul_in_place", true, [](Tensor& x, Tensor& w) { return x.addcmul_(w, w); }, nothing},
    {"add", true, [](Tensor& x, Tensor& w) { return x + w; }, add_to_x},
    {"sum", true, [](Tensor& x, Tensor&) { return x.sum(); }, add_to_x},
    {"relu_operand", true, [](Tensor& x, Tensor&) { return torch::relu(x); }, add_to_x},
    {"relu_result", false, [](Tensor& x, Tensor&) { return torch::relu(x); }, add_to_y},
    {"exp_operand", true, [](Tensor& x, Tensor&) { return x.exp(); }, add_to_x},
    {"exp_result", false, [](Tensor& x, Tensor&) { return x.exp(); }, add_to_y},
    {"log_operand", false, [](Tensor& x, Tensor&) { return x.log(); }, add_to_x},
    {"div_left", false, [](Tensor& x, Tensor& w) { return x / w; }, add_to_x},
    {"div_left_of_a_constant", true, [](Tensor& x, Tensor& w) { return x / w.detach(); }, add_to_x},
    {"div_right", false, [](Tensor& x, Tensor& w) { return x / w.detach(); }, add_to_w},
    {"div_result", true, [](Tensor& x, Tensor& w) { return x / w; }, add_to_y},
    {"matmul", false, [](Tensor& x, Tensor& w) { return x.matmul(w); }, add_to_w},
    {"through_a_view", false, product, [](Tensor&, Tensor& w, Tensor&) { w[0].add_(1); }},
    {"through_detach", false, product, [](Tensor&, Tensor& w, Tensor&) { w.detach().add_(1); }},
    {"without_grad", false, product,
     [](Tensor&, Tensor& w, Tensor&) {
       torch::NoGradGuard no_grad;
       w.mul_(2);
     }},
    {"data_has_its_own_count", true, product,
     [](Tensor&, Tensor& w, Tensor&) { w.data().add_(1); }},
};

class Versions : public testing::TestWithParam<Case> {};

TEST_P(Versions, AreCheckedByBackward) {
  const Case& c = GetParam();
  Tensor leaf = torch::ones({2, 2}).requires_grad_(),
         other = torch::full({2, 2}, 2.0).requires_grad_();
  Tensor x = leaf * 3, w = other * 2;
  Tensor y = c.forward(x, w);
  c.write(x, w, y);
  std::string said;
  try {
    y.sum().backward();
    weft::eval(leaf.grad());
  } catch (const c10::Error& error) {
    said = error.what();
  }
  if (c.legal) {
    EXPECT_EQ(said, "");
    return;
  }
  EXPECT_NE(said.find("one of the variables needed for gradient computation has been modified by "
                      "an inplace operation: [CPUFloatType [2, 2]]"),
            std::string::npos)
      << said;
  EXPECT_NE(said.find("is at version 1; expected version 0"), std::string::npos) << said;
  EXPECT_NE(said.find("versions_test.cpp:"), std::string::npos) << said;
}
INSTANTIATE_TEST_SUITE_P(All, Versions, testing::ValuesIn(cases),
                         [](const auto& info) { return std::string(info.param.name); });

struct Counted : torch::autograd::Function<Counted> {
  static torch::autograd::variable_list forward(torch::autograd::AutogradContext* ctx, Tensor x,
                                                Tensor count) {
    count.add_(1);
    ctx->mark_dirty({count});
    return {x * 2, count};
  }
  static torch::autograd::variable_list backward(torch::autograd::AutogradContext*,
                                                 torch::autograd::variable_list dy) {
    return {dy[0] * 2, Tensor()};
  }
};
// What a Function marks as changed has another version, an integer too.
TEST(Versions, OfWhatAFunctionMarks) {
  for (const bool grad : {true, false}) {
    const Tensor count = torch::zeros({2}, torch::kLong);
    Counted::apply(torch::ones({2}).requires_grad_(grad), count);
    EXPECT_EQ(count._version(), 2) << grad;
  }
}
}  // namespace
