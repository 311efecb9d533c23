// Modules: functions with parameters, made of other modules.
#include <torch/torch.h>

#include <iostream>

namespace nn = torch::nn;
namespace F = torch::nn::functional;
using torch::Tensor;

struct SimpleModelImpl : nn::Module {
  SimpleModelImpl()
      : conv1(1, 20, 5),           // 1 channel in, 20 out, a window of 5x5
        conv2(20, 50, 5),
        fc1(4 * 4 * 50, 500),      // features in, features out
        fc2(500, 10) {             // 10 classes
    register_module("conv1", conv1);
    register_module("conv2", conv2);
    register_module("fc1", fc1);
    register_module("fc2", fc2);
  }
  Tensor forward(Tensor x) {
    x = F::relu(conv1(x));
    x = F::max_pool2d(x, F::MaxPool2dFuncOptions(2).stride(2));
    x = F::relu(conv2(x));
    x = F::max_pool2d(x, F::MaxPool2dFuncOptions(2).stride(2));
    x = x.view({-1, 4 * 4 * 50});  // the batch stays, the rest becomes one dim
    x = F::relu(fc1(x));
    x = fc2(x);
    return F::log_softmax(x, 1);   // for classification, with nll_loss
  }
  nn::Conv2d conv1, conv2;
  nn::Linear fc1, fc2;
};
TORCH_MODULE(SimpleModel);

static void simple_model() {
  std::cout << "--- 3 A model of one's own\n";
  SimpleModel model_example;
  std::cout << *model_example << "\n";
  int64_t count = 0;
  for (const auto& p : model_example->named_parameters()) {
    std::cout << p.key() << " " << p.value().sizes() << "\n";
    count += p.value().numel();
  }
  std::cout << count << " numbers to learn\n";

  Tensor images = torch::randn({8, 1, 28, 28});
  Tensor output = model_example(images);
  std::cout << "output " << output.sizes() << ", probabilities sum to 1: " << std::boolalpha
            << torch::allclose(output.exp().sum(1), torch::ones({8}), 1e-4, 1e-5) << "\n";
}

// A parameter of one's own: registered, it is found, trained, saved and moved with the rest.
struct ScaleImpl : nn::Module {
  explicit ScaleImpl(int64_t size) { weight = register_parameter("weight", torch::ones({size})); }
  Tensor forward(Tensor x) { return x * weight; }
  Tensor weight;
};
TORCH_MODULE(Scale);

static void common_modules() {
  std::cout << "--- 3 Common modules\n";
  nn::Sequential net(nn::Conv2d(nn::Conv2dOptions(3, 8, 3).stride(2).padding(1)),
                     nn::BatchNorm2d(8), nn::ReLU(), nn::Dropout(0.5), nn::Flatten(),
                     nn::Linear(8 * 4 * 4, 16), nn::Tanh(), Scale(16), nn::Linear(16, 2),
                     nn::Sigmoid());
  std::cout << net << "\n";
  Tensor x = torch::ones({2, 3, 8, 8});
  net->train();  // dropout drops, batch norm uses the batch's statistics
  std::cout << net->forward(x).sizes() << "\n";
  net->eval();
  std::cout << "eval is repeatable: " << std::boolalpha << net->forward(x).equal(net->forward(x))
            << "\n";

  nn::Embedding embedding(10, 4);  // 10 words, 4 numbers each
  std::cout << "embedding " << embedding(torch::tensor({1, 5, 5})).sizes() << "\n";
  nn::LSTM lstm(nn::LSTMOptions(4, 6).num_layers(2).batch_first(true));
  auto [sequence, state] = lstm(torch::randn({3, 5, 4}));  // 3 sequences of 5 steps
  std::cout << "lstm " << sequence.sizes() << ", its state " << std::get<0>(state).sizes() << "\n";
  nn::GRU gru(4, 6);
  std::cout << "gru " << std::get<0>(gru(torch::randn({5, 3, 4}))).sizes() << "\n";
}

int main() {
  simple_model();
  common_modules();
}
