// Whole training loops: the same program on the host and on a GPU.
#include "tests/frontend/cuda/cuda.h"

using torch::Tensor;
namespace nn = torch::nn;

namespace {
struct Net : nn::Module {
  nn::Conv2d conv{register_module("conv", nn::Conv2d(nn::Conv2dOptions(1, 4, 3).padding(1)))};
  nn::BatchNorm2d norm{register_module("norm", nn::BatchNorm2d(4))};
  nn::Dropout drop{register_module("drop", nn::Dropout(0.2))};
  nn::Linear out{register_module("out", nn::Linear(4 * 4 * 4, 5))};
  Tensor forward(Tensor x) {
    x = torch::max_pool2d(torch::relu(norm(conv(x))), 2);
    return out(drop(x.flatten(1)));
  }
};

template <class Optimizer, class Options>
std::vector<double> losses(const torch::Device& device, const Options& options, bool move_first) {
  torch::manual_seed(5);
  auto model = std::make_shared<Net>();
  std::unique_ptr<Optimizer> optimizer;
  if (!move_first) optimizer = std::make_unique<Optimizer>(model->parameters(), options);
  model->to(device);
  if (move_first) optimizer = std::make_unique<Optimizer>(model->parameters(), options);
  torch::manual_seed(9);
  const Tensor images = torch::randn({8, 1, 8, 8}), labels = torch::arange(8) % 5;
  torch::manual_seed(11);
  std::vector<double> all;
  for (int step = 0; step < 5; ++step) {
    const Tensor x = images.to(device), y = labels.to(device);
    optimizer->zero_grad();
    const Tensor loss = nn::functional::cross_entropy(model->forward(x), y);
    loss.backward();
    nn::utils::clip_grad_norm_(model->parameters(), 1.0);
    optimizer->step();
    all.push_back(loss.template item<double>());
  }
  for (const Tensor& p : model->parameters()) {
    expect_on(p, device.is_cuda() ? cuda0 : device);
    expect_on(p.grad(), p.device());
  }
  for (const Tensor& b : model->buffers()) expect_on(b, device.is_cuda() ? cuda0 : device);
  return all;
}

template <class Optimizer, class Options> void compare(const Options& options) {
  const std::vector<double> host = losses<Optimizer>(torch::kCPU, options, true);
  for (bool first : {true, false}) {
    const std::vector<double> gpu = losses<Optimizer>(torch::kCUDA, options, first);
    for (size_t i = 0; i < host.size(); ++i) EXPECT_NEAR(host[i], gpu[i], 2e-4) << "step " << i;
  }
}
}  // namespace

TEST(Training, Sgd) { compare<torch::optim::SGD>(torch::optim::SGDOptions(0.05).momentum(0.9)); }
TEST(Training, Adam) { compare<torch::optim::Adam>(torch::optim::AdamOptions(0.01).amsgrad(true)); }
TEST(Training, AdamW) { compare<torch::optim::AdamW>(torch::optim::AdamWOptions(0.01)); }
TEST(Training, RMSprop) { compare<torch::optim::RMSprop>(torch::optim::RMSpropOptions(0.01)); }
TEST(Training, RAdam) { compare<torch::optim::RAdam>(torch::optim::RAdamOptions(0.01)); }
TEST(Training, Asgd) { compare<torch::optim::ASGD>(torch::optim::ASGDOptions(0.01)); }
TEST(Training, Adagrad) { compare<torch::optim::Adagrad>(torch::optim::AdagradOptions(0.01)); }

// Parameters of several devices, as PyTorch's Python has it: the norm is where the first one is.
TEST(Training, ClippedEverywhere) {
  const std::vector<torch::Device> devices{cuda1, torch::kCPU, cuda0, cuda1};
  for (const double order : {2.0, 1.0, std::numeric_limits<double>::infinity()}) {
    std::vector<Tensor> here, there;
    for (size_t i = 0; i < devices.size(); ++i) {
      const Tensor value = torch::arange(3.0) + static_cast<double>(i);
      here.push_back(torch::zeros({3}, torch::requires_grad()));
      there.push_back(torch::zeros({3}, torch::dtype(torch::kFloat).device(devices[i]).requires_grad(true)));
      here[i].mutable_grad() = value.clone();
      there[i].mutable_grad() = value.to(devices[i]);
    }
    const double norm = nn::utils::clip_grad_norm_(here, 2.0, order);
    EXPECT_NEAR(nn::utils::clip_grad_norm_(there, 2.0, order), norm, 1e-6);
    expect_on(nn::utils::get_total_norm({there[0].grad(), there[1].grad()}), cuda1);
    for (size_t i = 0; i < devices.size(); ++i) {
      expect_on(there[i].grad(), devices[i]);
      EXPECT_TRUE(torch::allclose(there[i].grad().cpu(), here[i].grad()));
    }
    nn::utils::clip_grad_value_(there, 0.1);
    for (const Tensor& t : there) EXPECT_LE(t.grad().max().item<float>(), 0.1f);
  }
}

// From the second step on nothing waits for the device, and the step's graph is known.
TEST(Training, NothingWaits) {
  nn::Linear model(4, 3);
  model->to(torch::kCUDA);
  torch::optim::Adam optimizer(model->parameters(), torch::optim::AdamOptions(0.01));
  const Tensor x = torch::randn({5, 4}).cuda(), y = torch::randn({5, 3}).cuda();
  Tensor loss;
  const auto step = [&] {
    optimizer.zero_grad();
    loss = torch::mse_loss(model(x), y);
    loss.backward();
    optimizer.step();
  };
  step();
  torch::clear_ledger();
  for (int i = 0; i < 3; ++i) step();
  const torch::Ledger ledger = torch::ledger();
  EXPECT_EQ(ledger.wait_count, 0u);
  EXPECT_EQ(ledger.barrier_count, 3u);
  EXPECT_EQ(ledger.hit_count, 3u);
  EXPECT_GT(loss.item<float>(), 0);
}

TEST(Training, Recurrent) {
  torch::manual_seed(2);
  nn::LSTM lstm(nn::LSTMOptions(3, 4).num_layers(2).bidirectional(true));
  const Tensor x = torch::randn({6, 2, 3});
  const Tensor host = std::get<0>(lstm(x));
  lstm->to(torch::kCUDA);
  const Tensor gpu = std::get<0>(lstm(x.cuda()));
  expect_on(gpu, cuda0);
  EXPECT_TRUE(torch::allclose(host, gpu.cpu(), 1e-5, 1e-6));
  gpu.sum().backward();
  expect_on(lstm->parameters()[0].grad(), cuda0);
}

TEST(Training, PackedSequences) {
  torch::manual_seed(2);
  nn::GRU gru(3, 4);
  using namespace nn::utils::rnn;
  const Tensor x = torch::randn({5, 3, 3}), lengths = torch::tensor({2, 5, 3});
  const auto run = [&](const Tensor& in) {
    const PackedSequence packed = pack_padded_sequence(in, lengths, false, false);
    expect_on(packed.batch_sizes(), torch::kCPU);
    expect_on(packed.data(), in.device());
    return pad_packed_sequence(std::get<0>(gru->forward_with_packed_input(packed)));
  };
  const auto host = run(x);
  gru->to(torch::kCUDA);
  const auto gpu = run(x.cuda());
  EXPECT_TRUE(torch::allclose(std::get<0>(host), std::get<0>(gpu).cpu(), 1e-5, 1e-6));
  expect_on(std::get<1>(gpu), torch::kCPU);
  expect_equal(std::get<1>(host), std::get<1>(gpu));
}

TEST(Training, Transformer) {
  torch::manual_seed(3);
  nn::TransformerEncoderLayer layer(nn::TransformerEncoderLayerOptions(8, 2).dim_feedforward(16).dropout(0));
  const Tensor x = torch::randn({4, 2, 8}), host = layer(x);
  layer->to(torch::kCUDA);
  EXPECT_TRUE(torch::allclose(host, layer(x.cuda()).cpu(), 1e-5, 1e-5));
}

TEST(Training, ModulesMove) {
  nn::Sequential model(nn::Linear(2, 3), nn::BatchNorm1d(3));
  const Tensor weight = model->parameters()[0];
  const auto copy = std::dynamic_pointer_cast<nn::SequentialImpl>(model->clone(cuda1));
  for (const Tensor& p : copy->parameters()) expect_on(p, cuda1);
  expect_equal(copy->parameters()[0], weight);
  model->to(torch::kCUDA, torch::kDouble);
  for (const Tensor& p : model->parameters()) {
    expect_on(p, cuda0);
    EXPECT_TRUE(p.is_leaf());
    EXPECT_TRUE(p.requires_grad());
  }
  model->to(torch::kCPU);
  expect_on(model->parameters()[0], torch::kCPU);
}

TEST(Training, Loaders) {
  auto dataset = torch::data::datasets::TensorDataset(std::vector<Tensor>{
                     torch::ones({2}), torch::ones({2}) * 2, torch::ones({2}) * 3})
                     .map(torch::data::transforms::Stack<torch::data::TensorExample>());
  auto loader = torch::data::make_data_loader<torch::data::samplers::SequentialSampler>(
      std::move(dataset),
      torch::data::DataLoaderOptions().batch_size(2).workers(1).pin_memory(true));
  float sum = 0;
  for (const auto& batch : *loader) {
    EXPECT_TRUE(batch.data.is_pinned());
    sum += batch.data.to(cuda0, torch::kFloat, /*non_blocking=*/true).sum().item<float>();
  }
  EXPECT_EQ(sum, 12.f);
}
