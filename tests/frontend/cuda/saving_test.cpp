// Archives know where tensors were.
#include <sstream>

#include "tests/frontend/cuda/archives.h"
#include "tests/frontend/cuda/cuda.h"

using torch::Tensor;

namespace {
template <class T> std::string saved(const T& value) {
  std::ostringstream stream;
  torch::save(value, stream);
  return stream.str();
}
template <class T>
T loaded(T into, const std::string& bytes, std::optional<torch::Device> device = std::nullopt) {
  torch::load(into, bytes.data(), bytes.size(), device);
  return into;
}
}  // namespace

TEST(Saving, TensorsComeToWhereTheyWere) {
  const std::vector<torch::Device> devices{torch::kCPU, cuda0, cuda1};
  for (const torch::Device& from : devices) {
    const Tensor x = torch::randn({3}).to(from);
    const std::string bytes = saved(x);
    expect_on(loaded(Tensor(), bytes), from);
    expect_on(loaded(torch::zeros({3}, cuda1), bytes), from);
    for (const torch::Device& to : devices) {
      expect_on(loaded(Tensor(), bytes, to), to);
      expect_equal(loaded(Tensor(), bytes, to), x);
    }
  }
}

// Memory that was shared still is.
TEST(Saving, Views) {
  const Tensor x = torch::arange(6.0).view({2, 3}).cuda();
  std::vector<Tensor> back = loaded(std::vector<Tensor>(), saved(std::vector<Tensor>{x, x.t(), x[1]}));
  expect_equal(back[1], x.t());
  back[0].fill_(7);
  for (const Tensor& t : back) {
    expect_on(t, cuda0);
    EXPECT_TRUE(t.eq(7).all().item<bool>());
  }
}

TEST(Saving, Modules) {
  torch::nn::Linear model(2, 2), other(2, 2), third(2, 2);
  model->to(torch::kCUDA);
  const std::string bytes = saved(model);
  torch::optim::SGD sgd(other->parameters(), 0.1);
  loaded(other, bytes);  // a parameter is still the same one
  expect_on(other->weight, cuda0);
  expect_on(sgd.param_groups()[0].params()[0], cuda0);
  EXPECT_TRUE(other->weight.requires_grad());
  expect_equal(other->weight, model->weight);
  loaded(third, bytes, torch::kCPU);
  expect_on(third->weight, torch::kCPU);
  expect_equal(third->weight, model->weight);
}

// Training goes on where it stopped, and after the move the same way.
TEST(Saving, Optimizers) {
  const auto step = [](torch::nn::Linear model, torch::optim::Optimizer& optimizer) {
    const Tensor x = torch::arange(6.0).view({3, 2}).to(model->weight.device());
    optimizer.zero_grad();
    model(x).square().mean().backward();
    optimizer.step();
  };
  torch::nn::Linear model(2, 2);
  model->to(cuda1);
  torch::optim::Adam adam(model->parameters(), torch::optim::AdamOptions(0.1).amsgrad(true));
  for (int i = 0; i < 3; ++i) step(model, adam);
  const std::string weights = saved(model), state = saved(adam);
  step(model, adam);
  for (const auto& device : {std::optional<torch::Device>(), std::optional<torch::Device>(torch::kCPU),
                             std::optional<torch::Device>(cuda0)}) {
    torch::nn::Linear again(2, 2);
    loaded(again, weights, device);
    torch::optim::Adam optimizer(again->parameters(), torch::optim::AdamOptions(0.1).amsgrad(true));
    torch::load(optimizer, state.data(), state.size(), device);
    const torch::Device there = device.value_or(cuda1);
    for (const auto& item : optimizer.state())
      expect_on(static_cast<torch::optim::AdamParamState&>(*item.second).exp_avg(), there);
    step(again, optimizer);
    expect_on(again->weight, there);
    EXPECT_TRUE(torch::allclose(again->weight.cpu(), model->weight.cpu(), 1e-6, 1e-7));
  }
}

TEST(Saving, AGpuThatIsNotThere) {
  const std::string bytes = on_another_device(saved(torch::ones(2, cuda1)), "cuda:1", "cuda:5");
  refuses([&] { loaded(Tensor(), bytes); },
          {"saving_test.cpp", "Attempting to deserialize object on CUDA device 5",
           "device_count() is", "Give torch::load the device"});
  expect_equal(loaded(Tensor(), bytes, torch::kCPU), torch::ones(2));
  expect_equal(loaded(Tensor(), bytes, cuda0), torch::ones(2));
  refuses([&] { loaded(Tensor(), on_another_device(bytes, "cuda:5", "mps")); },
          {"supported devices include CPU and CUDA"});
  refuses([&] { loaded(Tensor(), on_another_device(bytes, "cuda:5", "nowhere")); },
          {"device string"});
}
