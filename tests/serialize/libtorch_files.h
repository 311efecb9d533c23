/// The same files from libtorch and from Weft, and what has to be in them.
#pragma once
#include <torch/torch.h>

#include <iostream>
#include <string>
#include <vector>

namespace files {
using torch::Tensor;
namespace nn = torch::nn;

struct NetImpl : nn::Module {
  NetImpl() {
    fc = register_module("fc", nn::Linear(3, 2));
    norm = register_module("norm", nn::BatchNorm1d(2));
    act = register_module("act", nn::Functional(torch::relu));
    counts = register_buffer("counts", torch::zeros({3}, torch::kLong));
  }
  Tensor forward(const Tensor& x) { return norm(act(fc(x))); }
  nn::Linear fc{nullptr};
  nn::BatchNorm1d norm{nullptr};
  nn::Functional act{nullptr};
  Tensor counts;
};
TORCH_MODULE(Net);

/// A net with known numbers.
inline Net net(double start) {
  torch::NoGradGuard no_grad;
  Net n;
  for (Tensor& t : n->parameters()) t.copy_(torch::arange(t.numel()).view(t.sizes()) * 0.25 + start);
  n->counts.copy_(torch::arange(3));
  return n;
}
inline Tensor base() { return torch::arange(12, torch::kDouble).view({3, 4}); }
/// Views of one memory, and all element types.
inline std::vector<Tensor> tensors() {
  const Tensor b = base();
  std::vector<Tensor> all{b, b.t(), b.slice(1, 1, 3), b[1], torch::ones({}), torch::empty({0, 3})};
  for (auto type : {torch::kFloat, torch::kLong, torch::kInt, torch::kByte, torch::kBool})
    all.push_back(torch::tensor({0, 1, 3}).to(type));
  return all;
}
/// Two steps of an optimizer on the net.
template <class Optimizer> void train(Net& n, Optimizer& optimizer, int steps) {
  const Tensor x = torch::arange(12).view({4, 3}).to(torch::kFloat) * 0.1;
  for (int i = 0; i < steps; ++i)
    optimizer.step([&] {
      optimizer.zero_grad();
      Tensor loss = n->fc(x).pow(2).sum();
      loss.backward();
      return loss;
    });
}
template <class Optimizer, class Options>
void write_optimizer(const std::string& folder, const std::string& name, Options options) {
  Net n = net(0.5);
  Optimizer optimizer(n->parameters(), options);
  train(n, optimizer, 2);
  torch::save(n, folder + name + "_net.pt");
  torch::save(optimizer, folder + name + ".pt");
}
/// The rest of the way is that of one who did not stop.
template <class Optimizer, class Options>
bool check_optimizer(const std::string& folder, const std::string& name, Options options) {
  Net straight = net(0.5), resumed = net(0);
  Optimizer one(straight->parameters(), options), two(resumed->parameters(), options);
  train(straight, one, 5);
  torch::load(resumed, folder + name + "_net.pt");
  torch::load(two, folder + name + ".pt");
  train(resumed, two, 3);
  return torch::allclose(straight->fc->weight, resumed->fc->weight, 1e-5, 1e-6);
}

using torch::optim::Adam;
using torch::optim::AdamOptions;
using torch::optim::RMSprop;
using torch::optim::RMSpropOptions;
using torch::optim::SGD;
using torch::optim::SGDOptions;

inline void write(const std::string& folder = "") {
  torch::save(base().to(torch::kFloat).requires_grad_(), folder + "tensor.pt");
  torch::save(tensors(), folder + "tensors.pt");
  torch::save(net(0.5), folder + "net.pt");
  write_optimizer<Adam>(folder, "adam", AdamOptions(0.1).amsgrad(true));
  write_optimizer<SGD>(folder, "sgd", SGDOptions(0.01).momentum(0.9));
  write_optimizer<RMSprop>(folder, "rmsprop", RMSpropOptions(0.01).centered(true));
}

inline bool same(const Tensor& a, const Tensor& b) {
  return a.scalar_type() == b.scalar_type() && a.sizes() == b.sizes() && torch::equal(a, b);
}
inline bool check(const std::string& folder = "") {
  bool good = true;
  auto expect = [&](bool condition, const char* what) {
    if (!condition) std::cout << "not the same: " << what << "\n";
    good = good && condition;
  };
  Tensor one;
  torch::load(one, folder + "tensor.pt");
  expect(same(one, base().to(torch::kFloat)) && one.requires_grad(), "tensor");
  std::vector<Tensor> all;
  torch::load(all, folder + "tensors.pt");
  const std::vector<Tensor> wanted = tensors();
  expect(all.size() == wanted.size(), "the number of tensors");
  for (size_t i = 0; i < all.size() && i < wanted.size(); ++i) expect(same(all[i], wanted[i]), "a tensor");
  expect(all.at(1).strides() == wanted[1].strides(), "strides");
  all.at(0)[0][0].fill_(100);
  expect(all.at(1)[0][0].item<double>() == 100, "shared memory");
  Net loaded = net(0), original = net(0.5);
  torch::load(loaded, folder + "net.pt");
  for (const auto& p : original->named_parameters())
    expect(same(p.value(), loaded->named_parameters()[p.key()]), p.key().c_str());
  expect(same(loaded->counts, original->counts), "counts");
  expect(check_optimizer<Adam>(folder, "adam", AdamOptions(0.1).amsgrad(true)), "adam");
  expect(check_optimizer<SGD>(folder, "sgd", SGDOptions(0.01).momentum(0.9)), "sgd");
  expect(check_optimizer<RMSprop>(folder, "rmsprop", RMSpropOptions(0.01).centered(true)), "rmsprop");
  return good;
}
}  // namespace files
