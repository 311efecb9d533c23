// The models of examples/ learn on a GPU what they learn on the host, and a step of theirs is one
// launch that nothing waits for.
#include "examples/char_gpt/model.h"

#include <functional>

#include "examples/char_gpt/text.h"
#include "examples/digits/dataset.h"
#include "examples/digits/model.h"
#include "examples/lstm/model.h"
#include "runtime/cuda/emulate/emulate.h"
#include "runtime/trace/knobs.h"
#include "tests/frontend/cuda/cuda.h"

using torch::Tensor;
namespace nn = torch::nn;
namespace emulate = torch::runtime::cuda::emulate;

namespace {
constexpr int kSteps = 20;
bool emulated() { return torch::runtime::knobs().cuda == torch::runtime::Knobs::Cuda::emulate; }
bool compiled() { return torch::runtime::knobs().tier == torch::runtime::Knobs::Tier::compile; }

/// A program that trains: made on the host, moved to a device; `loss(step)` is what a step lowers.
struct Program {
  std::shared_ptr<nn::Module> model;
  std::unique_ptr<torch::optim::Optimizer> optimizer;
  std::function<Tensor(int)> loss;
};

/// What a step after the second one may do: evaluate once, a graph that is known, as one launch.
void expect_one_launch(const torch::Ledger& ledger, const emulate::Calls& before) {
  const emulate::Calls now = emulate::calls();
  EXPECT_EQ(ledger.wait_count, 0u);
  EXPECT_EQ(ledger.barrier_count, 1u);
  EXPECT_EQ(ledger.hit_count, 1u);
  EXPECT_EQ(ledger.compile_count, 0u);
  for (const torch::BarrierEntry& b : ledger.barriers)
    EXPECT_TRUE(b.what == "optimizer.step()" && b.device == "cuda:0") << b.what << " on " << b.device;
  if (!emulated() || !compiled()) return;
  EXPECT_EQ(now.synchronisations, before.synchronisations);
  EXPECT_EQ(now.graph_launches, before.graph_launches + 1);
}

std::vector<double> train(const Program& p, bool count) {
  std::vector<Tensor> losses;
  for (int step = 0; step < kSteps; ++step) {
    torch::clear_ledger();
    const emulate::Calls before = emulate::calls();
    p.optimizer->zero_grad();
    const Tensor loss = p.loss(step);
    loss.backward();
    p.optimizer->step();
    losses.push_back(loss.detach());
    SCOPED_TRACE("step " + std::to_string(step));
    if (count && step >= 2) expect_one_launch(torch::ledger(), before);
  }
  std::vector<double> all;
  for (const Tensor& loss : losses) all.push_back(loss.item<double>());
  return all;
}

/// The same program on the host and on a GPU. Sums have another order there, so losses drift apart,
/// by less than `tolerance` of the host's.
void compare(const std::function<Program(const torch::Device&)>& program, double tolerance) {
  const std::vector<double> host = train(program(torch::kCPU), false);
  const std::vector<double> gpu = train(program(cuda0), true);
  double worst = 0;
  for (size_t i = 0; i < host.size(); ++i) {
    EXPECT_NEAR(gpu[i], host[i], tolerance * host[i]) << "step " << i;
    worst = std::max(worst, std::abs(gpu[i] - host[i]) / host[i]);
  }
  EXPECT_LT(host.back(), host.front());
  testing::Test::RecordProperty("worst", std::to_string(worst));
  std::printf("losses %.4f to %.4f, apart by at most %.1e of them\n", host.front(), host.back(),
              worst);
}

/// The first images of the digits, all of which the steps take in turns.
struct Digits {
  Tensor images, labels;
  Digits(torch::IntArrayRef shape, int64_t count, const torch::Device& device) {
    Images part = read_digits("data/digits.csv.gz").train;
    std::vector<int64_t> sizes = shape.vec();
    sizes.insert(sizes.begin(), count);
    images = torch::from_blob(part.values.data(), sizes).clone().to(device);
    labels = torch::tensor(part.labels).slice(0, 0, count).to(device);
  }
};

TEST(Examples, Digits) {
  compare(
      [](const torch::Device& device) {
        torch::manual_seed(1);
        const auto model = std::make_shared<SimpleModel>();
        model->to(device);
        const Digits data({1, Images::side, Images::side}, 80, device);
        return Program{model,
                       std::make_unique<torch::optim::SGD>(
                           model->parameters(), torch::optim::SGDOptions(0.02).momentum(0.9)),
                       [=](int step) {
                         const int64_t begin = step % 10 * 8;
                         return torch::nll_loss(model->forward(data.images.slice(0, begin, begin + 8)),
                                                data.labels.slice(0, begin, begin + 8));
                       }};
      },
      1e-5);
}

TEST(Examples, CharGpt) {
  compare(
      [](const torch::Device& device) {
        const Text text("examples/char_gpt/text.h");
        Sizes sizes;
        sizes.characters = static_cast<int64_t>(text.characters().size());
        sizes.context = 16, sizes.layers = 2, sizes.width = 32, sizes.heads = 4;
        torch::manual_seed(1);
        const auto model = std::make_shared<Gpt>(sizes);
        model->to(device);
        const Tensor all = torch::tensor(text.numbers()).to(device);
        return Program{
            model,
            std::make_unique<torch::optim::AdamW>(model->parameters(),
                                                  torch::optim::AdamWOptions(3e-3)),
            [=](int step) {
              const Tensor some = all.slice(0, step * 17, step * 17 + 4 * 17).view({4, 17});
              return nn::functional::cross_entropy(
                  model->forward(some.slice(1, 0, 16)).reshape({-1, sizes.characters}),
                  some.slice(1, 1, 17).reshape({-1}));
            }};
      },
      1e-5);
}

TEST(Examples, Lstm) {
  compare(
      [](const torch::Device& device) {
        torch::manual_seed(1);
        const auto model = std::make_shared<RowReader>(Images::side, 16);
        model->to(device);
        const Digits data({Images::side, Images::side}, 40, device);
        return Program{
            model,
            std::make_unique<torch::optim::Adam>(model->parameters(), torch::optim::AdamOptions(0.01)),
            [=](int step) {
              const Tensor some = torch::arange(step % 5, 40, 5, data.labels.options());
              return nn::functional::cross_entropy(model->forward(data.images.index_select(0, some)),
                                                   data.labels.index_select(0, some));
            }};
      },
      1e-5);
}
}  // namespace
