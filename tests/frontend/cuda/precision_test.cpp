// Products of f32 on GPUs: in f32, unless tf32 is allowed.
#include <cmath>

#include "tests/frontend/cuda/cuda.h"

using torch::Tensor;

namespace {
class Precision : public testing::Test {
 protected:
  Precision() {
    torch::manual_seed(3);
    a = torch::randn({64, 64}), b = torch::randn({64, 64});
    exact = a.to(torch::kDouble).matmul(b.to(torch::kDouble));
    torch::eval(a, b, exact);
  }
  ~Precision() override { at::globalContext().setAllowTF32CuBLAS(false); }
  // The largest error of a product.
  double error(const Tensor& product) const {
    return (product.cpu().to(torch::kDouble) - exact).abs().max().item<double>();
  }
  void expect_f32(const Tensor& product) const { EXPECT_LT(error(product), 2e-5); }
  // Factors with 10 bits of fraction.
  void expect_tf32(const Tensor& product) const {
    EXPECT_GT(error(product), 2e-4);
    EXPECT_LT(error(product), 5e-2);
  }
  Tensor a, b, exact;
};
}  // namespace

TEST_F(Precision, IsF32UnlessSaidOtherwise) {
  EXPECT_FALSE(at::globalContext().allowTF32CuBLAS());
  EXPECT_EQ(at::globalContext().float32MatmulPrecision(), at::Float32MatmulPrecision::HIGHEST);
  expect_f32(a.cuda().matmul(b.cuda()));
  at::globalContext().setAllowTF32CuBLAS(true);
  EXPECT_TRUE(at::globalContext().allowTF32CuBLAS());
  expect_tf32(a.cuda().matmul(b.cuda()));
  expect_f32(a.matmul(b));  // the host has none
  at::globalContext().setFloat32MatmulPrecision("highest");
  expect_f32(a.cuda().matmul(b.cuda()));
  for (const char* precision : {"high", "medium"}) {
    at::globalContext().setFloat32MatmulPrecision(precision);
    expect_tf32(a.cuda().matmul(b.cuda()));
  }
  {
    at::NoTF32Guard guard;
    expect_f32(a.cuda().matmul(b.cuda()));
  }
  expect_tf32(a.cuda().matmul(b.cuda()));
  refuses([] { at::globalContext().setFloat32MatmulPrecision("higher"); }, {"precision_test"});
}

// What counts is what was allowed where the product stands in the program.
TEST_F(Precision, OfWhatWasRecorded) {
  const Tensor x = a.cuda(), y = b.cuda();
  const Tensor before = x.matmul(y);
  at::globalContext().setAllowTF32CuBLAS(true);
  const Tensor allowed = x.matmul(y);
  at::globalContext().setAllowTF32CuBLAS(false);
  const Tensor after = x.matmul(y);
  expect_tf32(allowed);
  expect_f32(after);
  expect_f32(before);
  EXPECT_TRUE(torch::equal(before, after));
}

// Both kernels are kept: changing to and fro compiles nothing.
TEST_F(Precision, BothAreKept) {
  const Tensor x = a.cuda(), y = b.cuda();
  for (int round = 0; round < 3; ++round)
    for (const bool allow : {false, true}) {
      at::globalContext().setAllowTF32CuBLAS(allow);
      torch::clear_ledger();
      const Tensor product = x.matmul(y);
      torch::eval(product);
      if (round) EXPECT_EQ(torch::ledger().compile_count, 0u);
      allow ? expect_tf32(product) : expect_f32(product);
    }
}

TEST_F(Precision, GradientsAndConvolutions) {
  const auto gradient = [&] {
    Tensor v = torch::eye(64).cuda().requires_grad_();
    a.cuda().t().matmul(v).backward(b.cuda());  // a b
    return v.grad();
  };
  const auto convolution = [&] {
    return torch::conv2d(a.cuda().view({64, 64, 1, 1}), b.t().contiguous().cuda().view({64, 64, 1, 1}))
        .view({64, 64});
  };
  expect_f32(gradient());
  expect_f32(convolution());
  at::globalContext().setAllowTF32CuBLAS(true);
  expect_tf32(gradient());
  expect_tf32(convolution());
}
