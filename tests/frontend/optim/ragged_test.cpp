// Batches of any size. (An extent of one is structure, since it may be broadcast: a batch of one is
// one of the two.)
#include "tests/frontend/optim/ragged.h"

namespace {
namespace nn = torch::nn;
using namespace ragged;

void mlp(const Sizes& sizes) {
  nn::Sequential model(nn::Linear(784, 64), nn::ReLU(), nn::Linear(64, 48), nn::Tanh(),
                       nn::Linear(48, 10));
  expect_training_reuses_code(model, sizes, [](int64_t n) { return torch::randn({n, 784}); });
}
void cnn(const Sizes& sizes) {
  nn::Sequential model(nn::Conv2d(1, 20, 5), nn::ReLU(), nn::MaxPool2d(2), nn::Conv2d(20, 50, 5),
                       nn::ReLU(), nn::MaxPool2d(2), nn::Flatten(), nn::Linear(800, 50), nn::ReLU(),
                       nn::Linear(50, 10));
  expect_training_reuses_code(model, sizes, [](int64_t n) { return torch::randn({n, 1, 28, 28}); });
}
void layer_norm(const Sizes& sizes) {
  nn::Sequential model(nn::Linear(40, 300), nn::LayerNorm(std::vector<int64_t>{300}), nn::ReLU(),
                       nn::Linear(300, 10), nn::LayerNorm(std::vector<int64_t>{10}));
  expect_training_reuses_code(model, sizes, [](int64_t n) { return torch::randn({n, 40}); });
}
// Of maps of `side` squared.
void batch_norm(const Sizes& sizes, int64_t side) {
  nn::Sequential model(nn::Conv2d(nn::Conv2dOptions(1, 6, 3).padding(1)), nn::BatchNorm2d(6),
                       nn::ReLU(), nn::MaxPool2d(2), nn::Flatten(),
                       nn::Linear(6 * (side / 2) * (side / 2), 20), nn::BatchNorm1d(20), nn::ReLU(),
                       nn::Linear(20, 10));
  expect_training_reuses_code(model, sizes,
                              [&](int64_t n) { return torch::randn({n, 1, side, side}); });
}

TEST(Ragged, MlpWithALastBatchOfOne) { mlp(shuffled(64, 1, 1, 64, 1)); }
TEST(Ragged, MlpFromOneOn) { mlp(shuffled(1, 2, 1, 64, 2)); }
TEST(Ragged, CnnWithALastBatchOfOne) { cnn(shuffled(64, 1, 1, 64, 3)); }
TEST(Ragged, CnnFromOneOn) { cnn(shuffled(1, 2, 1, 64, 4)); }
TEST(Ragged, LayerNormWithALastBatchOfOne) { layer_norm(shuffled(64, 1, 1, 300, 5)); }
TEST(Ragged, LayerNormFromOneOn) { layer_norm(shuffled(1, 2, 1, 64, 6)); }
// (One sample has no variance.)
TEST(Ragged, BatchNormOfSmallMaps) { batch_norm(shuffled(64, 2, 2, 64, 7), 7); }
TEST(Ragged, BatchNormOfLargerMaps) { batch_norm(shuffled(2, 3, 2, 300, 8, 40), 24); }
}  // namespace
