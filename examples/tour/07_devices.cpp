// A program that computes on a GPU where there is one, and on the host where there is none.
#include <torch/torch.h>

#include <iostream>

namespace nn = torch::nn;
namespace data = torch::data;
using torch::Tensor;

static torch::Device best_device() {
  return torch::cuda::is_available()  ? torch::Device(torch::kCUDA)
         : torch::mps::is_available() ? torch::Device(torch::kMPS)
                                      : torch::Device(torch::kCPU);
}

static void tensors_move(const torch::Device& device) {
  std::cout << "--- 7 Moving tensors\n" << std::boolalpha;
  const Tensor x = torch::arange(6, torch::kFloat).view({2, 3});
  const Tensor on_device = x.to(device);  // a new tensor, or x itself where it lives there already
  std::cout << "the values are the same: " << torch::equal(on_device.cpu(), x) << "\n";
  std::cout << "nothing to do, the same tensor: " << on_device.to(device).is_same(on_device) << "\n";
  const Tensor made_there = torch::ones({2, 3}, torch::device(device));
  std::cout << "sum of both: " << (on_device + made_there).sum().item<float>() << "\n";
  // Numbers without dims may stay on the host, other tensors of two devices never meet in an op.
  std::cout << "twice: " << (on_device * torch::tensor(2.0)).sum().item<float>() << "\n";
  if (device.is_cpu()) return;
  try {
    on_device + x;
  } catch (const c10::Error& e) {
    std::cout << e.what_without_backtrace() << "\n";
  }
}

struct Model : nn::Module {
  Model() {
    hidden = register_module("hidden", nn::Linear(2, 16));
    norm = register_module("norm", nn::BatchNorm1d(16));
    out = register_module("out", nn::Linear(16, 2));
  }
  Tensor forward(const Tensor& x) { return out(torch::relu(norm(hidden(x)))); }
  nn::Linear hidden{nullptr}, out{nullptr};
  nn::BatchNorm1d norm{nullptr};
};

// Points of two classes, inside and outside of a circle.
struct Points : data::datasets::Dataset<Points> {
  Tensor points, classes;
  Points() {
    const Tensor steps = torch::linspace(-1, 1, 16);
    const std::vector<Tensor> grid = torch::meshgrid({steps, steps}, "ij");
    points = torch::stack({grid[0].flatten(), grid[1].flatten()}, 1);
    classes = (points.square().sum(1) < 0.5).to(torch::kLong);
  }
  data::Example<> get(size_t i) override {
    return {points[static_cast<int64_t>(i)], classes[static_cast<int64_t>(i)]};
  }
  torch::optional<size_t> size() const override { return static_cast<size_t>(points.size(0)); }
};

static void training(const torch::Device& device) {
  std::cout << "--- 7 Training on the device\n";
  torch::manual_seed(1);
  auto model = std::make_shared<Model>();
  model->to(device);  // parameters and buffers, in place
  nn::CrossEntropyLoss criterion;
  torch::optim::Adam optimizer(model->parameters(), torch::optim::AdamOptions(0.03));
  auto loader = data::make_data_loader<data::samplers::RandomSampler>(
      Points().map(data::transforms::Stack<>()), data::DataLoaderOptions().batch_size(64));
  double last = 0;
  for (int epoch = 0; epoch < 60; ++epoch) {
    last = 0;
    for (const auto& batch : *loader) {
      const Tensor inputs = batch.data.to(device), labels = batch.target.to(device);
      optimizer.zero_grad();
      const Tensor outputs = model->forward(inputs);
      const Tensor loss = criterion(outputs, labels);
      loss.backward();
      optimizer.step();
      last += loss.item<double>() / 4;
    }
  }
  std::cout << "loss below 0.2: " << (last < 0.2) << "\n";
  bool all_there = true;
  for (const auto& p : model->parameters()) all_there &= p.device().type() == device.type();
  for (const auto& b : model->buffers()) all_there &= b.device().type() == device.type();
  std::cout << "everything lives on the device: " << all_there << "\n";
  const Points points;
  model->eval();
  const Tensor said = model->forward(points.points.to(device)).argmax(1).cpu();
  const double right = said.eq(points.classes).to(torch::kFloat).mean().item<double>();
  std::cout << "right for more than 93 %: " << (right > 0.93) << "\n";
}

int main() {
  const torch::Device device = best_device();
  std::cout << "Using " << device << " device\n";
  tensors_move(device);
  training(device);
}
