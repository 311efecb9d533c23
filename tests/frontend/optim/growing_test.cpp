// Contexts and numbers of rows that grow, also past the sizes at which sums are cut in chunks. What
// is other code, once each, is left out: sizes up to four (vectors of every second to fourth
// element; what costs less to compute again than to keep), products with eight rows or fewer that
// are large, results beyond 16 MB (streaming stores), in the sum over everything a last dim of 256
// or more.
#include <cmath>

#include "tests/frontend/optim/ragged.h"

namespace {
namespace nn = torch::nn;
namespace F = nn::functional;
using namespace ragged;

Sizes growing(int64_t from, int64_t to, const Sizes& later) {
  Sizes sizes(static_cast<size_t>(to - from));
  std::iota(sizes.begin(), sizes.end(), from);
  sizes.insert(sizes.end(), later.begin(), later.end());
  return sizes;
}

/// A block of a transformer.
struct BlockImpl : nn::Module {
  static constexpr int64_t width = 32, heads = 2, words = 30, longest = 600;
  BlockImpl() {
    tokens = register_parameter("tokens", torch::randn({words, width}));
    positions = register_parameter("positions", torch::randn({longest, width}));
    mask = torch::triu(torch::ones({longest, longest}), 1).to(torch::kBool);
    weft::eval(mask);
  }
  Tensor forward(const Tensor& ids) {
    const int64_t n = ids.size(0), t = ids.size(1);
    Tensor x =
        tokens.index_select(0, ids.view({n * t})).view({n, t, width}) + positions.narrow(0, 0, t);
    Tensor y = before(x);
    auto split = [&](const Tensor& z) {
      return z.view({n, t, heads, width / heads}).transpose(1, 2);
    };
    Tensor scores = torch::matmul(split(q(y)), split(k(y)).transpose(2, 3)) / std::sqrt(16.0);
    scores = scores.masked_fill(mask.narrow(0, 0, t).narrow(1, 0, t), -1e9);
    y = torch::matmul(torch::softmax(scores, -1), split(v(y)))
            .transpose(1, 2)
            .reshape({n, t, width});
    x = x + out(y);
    return head(torch::relu(inner(after(x)))).view({n * t, words});
  }
  Tensor tokens, positions, mask;
  nn::LayerNorm before = norm("before"), after = norm("after");
  nn::Linear q = linear("q", width), k = linear("k", width), v = linear("v", width),
             out = linear("out", width);
  nn::Linear inner = linear("inner", width), head = linear("head", words);

 private:
  nn::LayerNorm norm(const char* name) {
    return register_module(name, nn::LayerNorm(std::vector<int64_t>{width}));
  }
  nn::Linear linear(const char* name, int64_t outputs) {
    return register_module(name, nn::Linear(width, outputs));
  }
};
TORCH_MODULE(Block);

template <class Shape> void train(const Sizes& sizes, Shape&& shape) {
  Block block;
  torch::optim::Adam adam(block->parameters(), torch::optim::AdamOptions(0.01));
  auto inputs = [&](int64_t size) {
    auto [n, t] = shape(size);
    return std::vector<Tensor>{torch::randint(0, Block::Impl::words, {n, t}),
                               torch::randint(0, Block::Impl::words, {n * t})};
  };
  expect_no_code_after_two(sizes, inputs, [&](std::vector<Tensor>& v) {
    adam.zero_grad();
    F::cross_entropy(block->forward(v[0]), v[1]).backward();
    adam.step();
  });
}
std::pair<int64_t, int64_t> shape(int64_t n, int64_t t) { return {n, t}; }

TEST(Growing, AttentionOverBatches) {
  train(shuffled(16, 1, 1, 100, 1, 24), [](int64_t n) { return shape(n, 10); });
}
TEST(Growing, AttentionOverContexts) {
  train(shuffled(64, 20, 5, 600, 2, 16), [](int64_t t) { return shape(2, t); });
}
TEST(Growing, AttentionWordByWord) {
  train(growing(16, 34, {254, 255, 256, 257, 511, 512, 513}),
        [](int64_t t) { return shape(2, t); });
}
// Their rows together pass 16384.
TEST(Growing, AttentionOverManyRows) {
  train({40, 60, 250, 256, 257, 300, 50}, [](int64_t n) { return shape(n, 64); });
}

// Keys and values are kept, a word is added at a time.
TEST(Growing, Decoding) {
  constexpr int64_t width = 32;
  nn::Linear k(width, width), q(width, width);
  torch::NoGradGuard no_grad;
  auto inputs = [&](int64_t t) {
    return std::vector<Tensor>{torch::randn({1, width}), torch::randn({t, width}),
                               torch::randn({t, width})};
  };
  expect_no_code_after_two(
      growing(5, 30, {63, 64, 255, 256, 257, 1000}), inputs, [&](std::vector<Tensor>& v) {
        Tensor keys = torch::cat({v[1], k(v[0])}, 0),
               values = torch::cat({v[2], torch::relu(v[0])}, 0);
        Tensor p = torch::softmax(torch::matmul(q(v[0]), keys.t()) / std::sqrt(32.0), -1);
        weft::eval(torch::matmul(p, values), keys, values);
      });
}

TEST(Growing, Losses) {
  Tensor w = torch::randn({12, 10}).requires_grad_();
  auto inputs = [](int64_t n) {
    return std::vector<Tensor>{torch::randn({n, 12}), torch::randn({n, 10}),
                               torch::randint(0, 10, {n})};
  };
  Sizes sizes = shuffled(100, 7, 5, 600, 3, 20);
  sizes.insert(sizes.end(), {1638, 1639, 3277, 16384, 16385, 40000});
  expect_no_code_after_two(sizes, inputs, [&](std::vector<Tensor>& v) {
    w.mutable_grad() = Tensor();
    Tensor y = torch::matmul(v[0], w);
    Tensor loss = F::cross_entropy(y, v[2]) + F::mse_loss(y, v[1]) + y.var() +
                  y.logsumexp(1).sum() + y.abs().amax();
    loss.backward();
    weft::eval(loss, w.grad());
  });
}

TEST(Growing, SumsOverAnyDims) {
  auto inputs = [](int64_t n) {
    return std::vector<Tensor>{torch::randn({n, 7, 9}), torch::randn({6, n, 5}),
                               torch::randn({4, 3, n}), torch::randn({97 * n})};
  };
  Sizes sizes = shuffled(50, 220, 5, 240, 4, 20);
  expect_no_code_after_two(sizes, inputs, [](std::vector<Tensor>& v) {
    weft::eval(v[0].sum(), v[0].sum(0), v[0].mean({0, 2}), v[0].sum({1, 2}), v[1].sum(),
               v[1].sum({0, 1}), v[1].amax({1}), v[2].sum({1, 2}), v[2].mean({0, 2}), v[2].sum(),
               v[3].sum(), v[3].max(), v[3].argmax(), v[3].softmax(0));
  });
}
}  // namespace
