// Which devices may meet in an op.
#include "tests/frontend/cuda/cuda.h"

using torch::Tensor;

static const char* const kSame = "Expected all tensors to be on the same device";

TEST(Mixing, Refused) {
  const Tensor x = torch::ones(3), y = torch::ones(3, torch::kCUDA), z = y.cuda(1);
  refuses([&] { x + y; },
          {"mixing_test.cpp", kSame, "but found at least two devices, cuda:0 and cpu!"});
  refuses([&] { y.mul(x); }, {kSame, "cuda:0 and cpu!"});
  refuses([&] { y + z; }, {kSame, "cuda:0 and cuda:1!"});
  refuses([&] { torch::cat({x, y}); }, {kSame});
  refuses([&] { torch::matmul(torch::ones({3, 3}), torch::ones({3, 3}, torch::kCUDA)); }, {kSame});
  refuses([&] { x.add_(y); }, {kSame});
  refuses([&] { y.add_(x); }, {kSame});
  refuses([&] { torch::where(x > 0, y, y); }, {kSame});
  refuses([&] { torch::nn::Linear(3, 2)->forward(y); }, {kSame});
  refuses([&] { x.clone().add_(torch::ones({}, torch::kCUDA)); }, {kSame});
  refuses([&] { torch::equal(x, y); }, {kSame});
}

TEST(Mixing, NumbersOfTheHost) {
  const Tensor y = torch::ones(3, torch::kCUDA);
  const Tensor two = torch::tensor(2.0), pending = torch::ones({2}).sum() * 2;
  expect_equal(y * two, torch::full({3}, 2.f));
  expect_on(two * y, cuda0);
  expect_equal(y + pending, torch::full({3}, 5.f));
  expect_equal(torch::where(y > 0, two, y), torch::full({3}, 2.f));
  Tensor z = y.clone();
  z.mul_(two);
  z[1] = torch::tensor(9.0);
  z.index_put_({2}, torch::tensor(4.f));
  expect_equal(z, torch::tensor({2.f, 9.f, 4.f}));
  z.fill_(torch::tensor(3.f));
  expect_equal(z, torch::full({3}, 3.f));
  expect_equal(y.masked_fill(y > 0, torch::tensor(5.f)), torch::full({3}, 5.f));
  expect_equal(y.lerp(y * 3, 0.5), torch::full({3}, 2.f));
  // a number of one kind does not promote what has dims
  EXPECT_EQ((y * torch::tensor(2.0, torch::kDouble)).scalar_type(), torch::kFloat);
}

TEST(Mixing, Indices) {
  const Tensor x = torch::arange(12.).reshape({3, 4}), y = x.cuda();
  const Tensor i = torch::tensor({2, 0, -1});
  expect_equal(y.index({i}), x.index({i}));
  expect_equal(y.index({i.cuda()}), x.index({i}));
  expect_equal(y.index({i, i.cuda()}), x.index({i, i}));
  expect_equal(y.index({x > 5}), x.index({x > 5}));
  expect_equal(y.index({y > 5}), x.index({x > 5}));
  refuses([&] { x.index({i.cuda()}); },
          {"indices should be either on cpu or on the same device as the indexed tensor (cpu)"});
  refuses([&] { y.index_select(0, torch::tensor({0})); }, {kSame});
  refuses([&] { y.index({torch::tensor({5})}); }, {"index 5 is out of bounds"});
  Tensor z = y.clone();
  z.index_put_({i}, torch::tensor(0.));
  EXPECT_EQ(z.sum().item<float>(), 22.f);
  z.index_put_({torch::tensor({0}), torch::tensor({1})}, torch::tensor({100.}, torch::kCUDA));
  EXPECT_EQ(z[0][1].item<float>(), 100.f);
}

TEST(Mixing, Generators) {
  refuses([] { torch::rand({2}, torch::detail::createCPUGenerator(), torch::kCUDA); },
          {"Expected a 'cuda:0' device type for generator but found 'cpu'"});
  torch::Generator g = torch::detail::createCUDAGenerator();
  EXPECT_EQ(g.device(), cuda0);
  const Tensor state = g.get_state(), a = torch::rand({5}, g, torch::kCUDA);
  const Tensor b = torch::rand({5}, g, torch::kCUDA);
  EXPECT_FALSE(torch::equal(a, b));
  g.set_state(state);
  expect_equal(torch::rand({5}, g, torch::kCUDA), a);
  EXPECT_EQ(state.scalar_type(), torch::kByte);
  // A sequence a device.
  torch::manual_seed(3);
  const Tensor x = torch::rand({4}, torch::kCUDA);
  torch::manual_seed(3);
  torch::rand({4});
  expect_equal(torch::rand({4}, torch::kCUDA), x);
  torch::cuda::manual_seed_all(3);
  expect_equal(torch::rand({4}, torch::kCUDA), x);
}
