// What dtypes do not allow is refused where it is written, in libtorch's words, in both tiers; a
// division of integers by zero is found out when it runs.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>
#include <functional>

#include "runtime/trace/knobs.h"

namespace {
using torch::Tensor;
using torch::runtime::Knobs;

struct Mistake {
  const char* says;
  std::function<void()> make;
};

const std::vector<Mistake> mistakes = {
    {"result type Float can't be cast to the desired output type Long",
     [] { torch::ones({2}, torch::kLong).add_(torch::ones({2})); }},
    {"result type Float can't be cast to the desired output type Char",
     [] { torch::ones({2}, torch::kChar).mul_(1.5); }},
    {"result type Long can't be cast to the desired output type Bool",
     [] { torch::ones({2}, torch::kBool).add_(torch::ones({2}, torch::kLong)); }},
    {"result type Float can't be cast to the desired output type Short",
     [] { torch::ones({2}, torch::kShort).div_(2); }},
    {"mean(): could not infer output dtype. Input dtype must be either a floating point or complex "
     "dtype. Got: Char",
     [] { torch::ones({2}, torch::kChar).mean(); }},
    {"\"bitwise_and_cpu\" not implemented for 'Half'",
     [] { torch::ones({2}, torch::kHalf) & torch::ones({2}, torch::kHalf); }},
    {"\"bitwise_not_cpu\" not implemented for 'BFloat16'",
     [] { ~torch::ones({2}, torch::kBFloat16); }},
    {"\"lshift_cpu\" not implemented for 'Bool'",
     [] { torch::bitwise_left_shift(torch::ones({2}, torch::kBool), true); }},
    {"\"rshift_cpu\" not implemented for 'Float'", [] { torch::ones({2}).__rshift__(1); }},
    {"\"remainder_cpu\" not implemented for 'Bool'",
     [] { torch::ones({2}, torch::kBool).remainder(torch::ones({2}, torch::kBool)); }},
    {"\"div_floor_cpu\" not implemented for 'Bool'",
     [] { torch::floor_divide(torch::ones({2}, torch::kBool), torch::ones({2}, torch::kBool)); }},
    {"Subtraction, the `-` operator, with two bool tensors is not supported.",
     [] { torch::ones({2}, torch::kBool) - torch::ones({2}, torch::kBool); }},
    {"Negation, the `-` operator, on a bool tensor is not supported.",
     [] { -torch::ones({2}, torch::kBool); }},
    {"\"floor_vml_cpu\" not implemented for 'Bool'",
     [] { torch::ones({2}, torch::kBool).floor(); }},
    {"\"softmax_lastdim_kernel_impl\" not implemented for 'Short'",
     [] { torch::ones({2}, torch::kShort).softmax(0); }},
    {"std and var only support floating point and complex dtypes",
     [] { torch::ones({2}, torch::kChar).var(); }},
    {"argmax(): does not support bool input", [] { torch::ones({2}, torch::kBool).argmax(); }},
    {"expected m1 and m2 to have the same dtype, but got: float != c10::BFloat16",
     [] { torch::ones({2, 2}).matmul(torch::ones({2, 2}, torch::kBFloat16)); }},
    {"expected m1 and m2 to have the same dtype, but got: signed char != short int",
     [] { torch::ones({2, 2}, torch::kChar).mm(torch::ones({2, 2}, torch::kShort)); }},
    {"value cannot be converted to type int8_t without overflow",
     [] { torch::full({2}, 300, torch::kChar); }},
    {"value cannot be converted to type c10::Half without overflow",
     [] { torch::ones({2}, torch::kHalf).fill_(70000); }},
    {"value cannot be converted to type int16_t without overflow",
     [] { torch::Scalar(40000).toShort(); }},
    {"value cannot be converted to type c10::Half without overflow",
     [] { torch::Scalar(65519.0).toHalf(); }},
    {"to - 1 is out of bounds for signed char", [] { torch::randint(0, 300, {3}, torch::kChar); }},
    {"expected scalar type Half but found BFloat16",
     [] { torch::ones({2}, torch::kBFloat16).data_ptr<at::Half>(); }},
    {"dtype ComplexFloat is not available", [] { torch::ones({2}).to(torch::kComplexFloat); }},
    {"dtype Float8_e4m3fn is not available", [] { torch::ones({2}).to(torch::kFloat8_e4m3fn); }},
    {"dtype UInt16 is not available", [] { torch::zeros({2}, torch::kUInt16); }},
    {"Integers to negative integer powers are not allowed.",
     [] { torch::ones({2}, torch::kChar).pow(-1); }},
};

TEST(DtypeErrors, AreLibtorchsSentencesAtTheUsersLine) {
  for (const Mistake& m : mistakes) {
    try {
      m.make();
      ADD_FAILURE() << "no error: " << m.says;
    } catch (const c10::Error& e) {
      EXPECT_NE(std::string(e.what()).find(m.says), std::string::npos) << e.what();
      EXPECT_NE(std::string(e.what()).find("errors_test.cpp:"), std::string::npos) << e.what();
    }
  }
}

class Division : public testing::TestWithParam<Knobs::Tier> {
 protected:
  void SetUp() override {
    Knobs knobs = before_;
    knobs.tier = GetParam();
    torch::runtime::set_knobs(knobs);
  }
  void TearDown() override { torch::runtime::set_knobs(before_); }

  // Runs it; where the division stands.
  void expect_error(const std::function<Tensor()>& divide, int line) {
    Tensor kept = torch::ones({3});
    kept.add_(1);
    const Tensor y = divide();  // recorded, not run
    const std::string where = "errors_test.cpp:" + std::to_string(line);
    for (int again = 0; again < 2; ++again) try {
        weft::eval(y);
        ADD_FAILURE() << "no error";
      } catch (const c10::IndexError& e) {
        ADD_FAILURE() << "no index: " << e.what();
      } catch (const c10::Error& e) {
        EXPECT_NE(std::string(e.what()).find("ZeroDivisionError"), std::string::npos) << e.what();
        EXPECT_NE(std::string(e.what()).find(where), std::string::npos) << e.what();
      }
    EXPECT_EQ(kept.sum().item<float>(), 6);
  }

 private:
  const Knobs before_ = torch::runtime::knobs();
};

TEST_P(Division, OfIntegersByZeroIsAnErrorAtItsLine) {
  for (auto type : {torch::kByte, torch::kChar, torch::kShort, torch::kInt, torch::kLong}) {
    const Tensor x = torch::arange(0, 100, type), some = torch::ones({100}, type),
                 zero = torch::zeros({}, type);
    some[57] = 0;
    weft::eval(x, some, zero);
    expect_error([&] { return torch::floor_divide(x, some) + 1; }, __LINE__);
    expect_error([&] { return torch::div(x, some, "trunc"); }, __LINE__);
    expect_error([&] { return x % some; }, __LINE__);
    expect_error([&] { return torch::fmod(x, some).sum(); }, __LINE__);
    expect_error([&] { return x % zero; }, __LINE__);
    expect_error([&] { return x % (x - 3).clamp(0, 9); }, __LINE__);
    EXPECT_THROW(x % 0, c10::Error);  // there and then
    EXPECT_THROW(x.floor_divide(0), c10::Error);
    // Nothing is divided.
    EXPECT_EQ((x.slice(0, 0, 0) % zero).numel(), 0);
    EXPECT_TRUE(std::isinf((x.to(torch::kFloat) / some)[57].item<float>()));
    EXPECT_TRUE(std::isinf((x / some)[57].item<float>()));
  }
}

TEST_P(Division, WritesNothingWhenItFails) {
  Tensor x = torch::arange(1, 5), zeros = torch::zeros({4}, torch::kLong);
  weft::eval(x, zeros);
  EXPECT_THROW(
      {
        x.add_(1);
        x.floor_divide_(zeros);
        weft::eval(x);
      },
      c10::Error);
  EXPECT_TRUE(zeros.equal(torch::zeros({4}, torch::kLong)));
}

TEST_P(Division, OfTheSmallestByMinusOneWraps) {
  for (auto type : {torch::kChar, torch::kShort, torch::kInt, torch::kLong}) {
    const int64_t bits = 8 * static_cast<int64_t>(c10::elementSize(type));
    const Tensor least = torch::full({40}, 1, type).bitwise_left_shift(bits - 1),
                 minus = -torch::ones({40}, type);
    EXPECT_TRUE(torch::floor_divide(least, minus).equal(least));
    EXPECT_TRUE(torch::div(least, minus, "trunc").equal(least));
    EXPECT_TRUE(least.remainder(minus).equal(torch::zeros({40}, type)));
    EXPECT_TRUE(least.fmod(minus).equal(torch::zeros({40}, type)));
  }
}

INSTANTIATE_TEST_SUITE_P(Tiers, Division,
                         testing::Values(Knobs::Tier::reference, Knobs::Tier::compile));
}  // namespace
