// Optimizers change a model's parameters by their gradients; schedulers change the learning rate.
// A whole step, forward, backward and update, is one executable.
#include <torch/torch.h>

#include <iostream>
#include <memory>

namespace nn = torch::nn;
namespace optim = torch::optim;
using torch::Tensor;

// A line through points: y = 3 x - 1
static const int64_t samples = 64;
static Tensor inputs() { return torch::linspace(-1, 1, samples).view({samples, 1}); }
static Tensor labels() { return inputs() * 3 - 1; }

static nn::Linear new_model() {
  nn::Linear model(1, 1);
  torch::NoGradGuard no_grad;
  model->weight.fill_(0.5);
  model->bias.fill_(0.25);
  return model;
}

static void one_step() {
  std::cout << "--- 6 The four parts of a step\n";
  nn::Linear model = new_model();
  nn::MSELoss criterion;
  optim::SGD optimizer(model->parameters(), optim::SGDOptions(/*lr=*/0.01).momentum(0.9));

  optimizer.zero_grad();                        // 1. gradients of the step before are gone
  Tensor outputs = model(inputs());             // 2. forward, and the loss
  Tensor loss = criterion(outputs, labels());
  loss.backward();                              // 3. gradients
  optimizer.step();                             // 4. update
  std::cout << "loss " << loss.item<float>() << ", weight " << model->weight.item<float>() << "\n";
}

static void train(const char* name, optim::Optimizer& optimizer, nn::Linear model) {
  float first = 0, last = 0;
  for (int step = 0; step < 200; ++step) {
    optimizer.zero_grad();
    Tensor loss = torch::mse_loss(model(inputs()), labels());
    loss.backward();
    optimizer.step();
    last = loss.item<float>();
    if (step == 0) first = last;
  }
  std::cout << name << ": loss from " << first << " to below 0.1: " << std::boolalpha << (last < 0.1)
            << "\n";
}

template <class Optimizer, class Options> static void train_with(const char* name, Options options) {
  nn::Linear model = new_model();
  Optimizer optimizer(model->parameters(), options);
  train(name, optimizer, model);
}

static void optimizers() {
  std::cout << "--- 6 Optimizers\n";
  train_with<optim::SGD>("SGD", optim::SGDOptions(0.1).momentum(0.9).nesterov(true));
  train_with<optim::Adam>("Adam", optim::AdamOptions(0.1).betas({0.9, 0.999}));
  train_with<optim::AdamW>("AdamW", optim::AdamWOptions(0.1).weight_decay(0.001));
  train_with<optim::RMSprop>("RMSprop", optim::RMSpropOptions(0.05));
  train_with<optim::Adagrad>("Adagrad", optim::AdagradOptions(0.5));
}

static void scheduling() {
  std::cout << "--- 6 Learning rate schedules\n";
  nn::Linear model = new_model();
  optim::SGD optimizer(model->parameters(), optim::SGDOptions(0.1));
  optim::StepLR scheduler(optimizer, /*step_size=*/30, /*gamma=*/0.1);
  double before = 0;
  for (int epoch = 0; epoch < 100; ++epoch) {
    // train(...), validate(...)
    const double lr = optimizer.param_groups()[0].options().get_lr();
    if (lr != before) std::cout << "from epoch " << epoch << " on: learning rate " << lr << "\n";
    before = lr;
    optimizer.step();
    scheduler.step();  // once an epoch; the first call counts as epoch 0
  }

  optim::SGD other(model->parameters(), optim::SGDOptions(1.0));
  optim::ReduceLROnPlateauScheduler plateau(
      other, optim::ReduceLROnPlateauScheduler::min, /*factor=*/0.5, /*patience=*/2);
  for (float validation_loss : {1.0f, 0.8f, 0.7f, 0.7f, 0.7f, 0.7f, 0.7f})
    plateau.step(validation_loss);
  std::cout << "no progress for a while: learning rate "
            << other.param_groups()[0].options().get_lr() << "\n";
}

int main() {
  one_step();
  optimizers();
  scheduling();
}
