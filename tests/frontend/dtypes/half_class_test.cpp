// c10::Half and c10::BFloat16 as programs use them: numbers, memory, text.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>
#include <sstream>

namespace {
using c10::BFloat16;
using c10::Half;

// The nearest of all halves, by looking at all of them; ties to the even one.
template <class H> uint16_t nearest(double value) {
  uint16_t best = 0;
  double least = INFINITY;
  for (unsigned bits = 0; bits < 0x8000; ++bits) {
    const H h(static_cast<unsigned short>(bits), H::from_bits());
    double v = static_cast<float>(h);
    if (std::isnan(v)) break;
    // as if there were one more exponent: from halfway to it on it is infinite
    if (std::isinf(v))
      v = 2.0 * static_cast<float>(std::numeric_limits<H>::max()) -
          static_cast<float>(H(static_cast<unsigned short>(bits - 2), H::from_bits()));
    const double distance = std::fabs(v - value);
    if (distance < least || (distance == least && bits % 2 == 0))
      best = static_cast<uint16_t>(bits), least = distance;
  }
  return best;
}
template <class H> void expect_nearest() {
  for (double v :
       {0.0, 1.0, 0.1, 3.14159, 1e-8, 2.9802322387695312e-08, 2.98023225e-08, 8.9e-8, 6.1e-5,
        6.097e-5, 1.00048828125, 1.00146484375, 2049.0, 2051.0, 65504.0, 65519.0, 65520.0, 1e5})
    EXPECT_EQ(H(static_cast<float>(v)).x, nearest<H>(static_cast<float>(v))) << v;
}
TEST(HalfClass, RoundsToTheNearest) {
  expect_nearest<Half>();
  for (float v : {1.0f, 257.0f, 259.0f, 0.1f, 3e38f})
    EXPECT_EQ(BFloat16(v).x, nearest<BFloat16>(v)) << v;
}
template <class H> void expect_round_trips() {
  for (unsigned bits = 0; bits < 0x10000; ++bits) {
    const H h(static_cast<unsigned short>(bits), H::from_bits());
    const float f = h;
    if (std::isnan(f)) EXPECT_TRUE(std::isnan(static_cast<float>(H(f))));
    else ASSERT_EQ(H(f).x, bits);
  }
}
TEST(HalfClass, EveryValueComesBack) {
  expect_round_trips<Half>();
  expect_round_trips<BFloat16>();
}

TEST(HalfClass, ArithmeticIsFloatsRounded) {
  EXPECT_EQ(static_cast<float>(Half(1.5f) + Half(0.25f)), 1.75f);
  EXPECT_EQ(static_cast<float>(Half(2048.0f) + Half(1.0f)), 2048.0f);
  EXPECT_EQ(static_cast<float>(BFloat16(3.0f) * 2), 6.0f);
  static_assert(std::is_same<decltype(Half() + 1.0f), float>::value);
  static_assert(std::is_same<decltype(1.0 / BFloat16()), double>::value);
  static_assert(std::is_same<decltype(Half() * int64_t(2)), Half>::value);
  Half sum = 1.0f;
  sum += Half(2.0f);
  sum /= Half(4.0f);
  EXPECT_EQ(static_cast<float>(-sum), -0.75f);
  EXPECT_TRUE(Half(1.0f) < Half(2.0f) && BFloat16(2.0f) == BFloat16(2.0f));
  std::ostringstream out;
  out << Half(0.1f) << " " << BFloat16(0.1f);
  EXPECT_EQ(out.str(), "0.0999756 0.100098");
  EXPECT_EQ(static_cast<float>(std::numeric_limits<Half>::max()), 65504.0f);
  EXPECT_EQ(std::numeric_limits<BFloat16>::digits, 8);
}

TEST(HalfClass, IsAnElementType) {
  std::vector<Half> memory = {Half(1.0f), Half(-2.5f), Half(0.1f)};
  torch::Tensor x = torch::from_blob(memory.data(), {3}, torch::kHalf);
  EXPECT_EQ(static_cast<float>(x[1].item<Half>()), -2.5f);
  EXPECT_EQ(x[1].item<float>(), -2.5f);
  x.mul_(2);
  EXPECT_EQ(static_cast<float>(memory[0]), 2.0f);
  torch::Tensor y = torch::tensor({BFloat16(1.0f), BFloat16(3.0f)});
  EXPECT_EQ(y.scalar_type(), torch::kBFloat16);
  EXPECT_EQ(y.element_size(), 2);
  EXPECT_EQ(static_cast<float>(y.data_ptr<at::BFloat16>()[1]), 3.0f);
  auto at = torch::ones({2, 2}, torch::kHalf).accessor<at::Half, 2>();
  EXPECT_EQ(static_cast<float>(at[1][1]), 1.0f);
  const torch::Scalar s = Half(0.5f);
  EXPECT_TRUE(s.isFloatingPoint());
  EXPECT_EQ(s.toDouble(), 0.5);
  EXPECT_EQ((torch::ones({1}) * Half(0.5f)).item<float>(), 0.5f);
  EXPECT_EQ(torch::tensor(int8_t(-3)).item<int8_t>(), -3);
}

TEST(HalfClass, PrintsUnderLibtorchsNames) {
  const auto text = [](const torch::Tensor& t) {
    std::ostringstream out;
    out << t;
    return out.str();
  };
  EXPECT_EQ(text(torch::tensor({0.1, 2.0}, torch::kHalf)), " 0.1000\n 2.0000\n[ CPUHalfType{2} ]");
  EXPECT_EQ(text(torch::tensor({0.1, 2.0}, torch::kBFloat16)),
            " 0.1001\n 2.0000\n[ CPUBFloat16Type{2} ]");
  EXPECT_EQ(text(torch::tensor({1, -2}, torch::kChar)), " 1\n-2\n[ CPUCharType{2} ]");
  EXPECT_EQ(text(torch::tensor({1, -2}, torch::kShort)), " 1\n-2\n[ CPUShortType{2} ]");
}
}  // namespace
