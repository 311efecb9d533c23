// Embeddings and bags of them.
#pragma once
#include "tests/frontend/golden.h"

namespace golden {
namespace F = torch::nn::functional;
namespace nn = torch::nn;

inline void embedding_cases(const Show& show) {
  Tensor w = leaf({5, 3}, 1);
  const Tensor index = torch::tensor({1, 3, 1, 0, 4, 1}, torch::kLong).reshape({2, 3});
  with_gradients(show, "embedding", {w}, [&] { return F::embedding(index, w); });
  with_gradients(show, "embedding of int32", {w},
                 [&] { return F::embedding(index.to(torch::kInt), w); });
  with_gradients(show, "embedding padding", {w},
                 [&] { return F::embedding(index, w, F::EmbeddingFuncOptions().padding_idx(1)); });
  with_gradients(show, "embedding padding of row 0", {w},
                 [&] { return F::embedding(index, w, F::EmbeddingFuncOptions().padding_idx(0)); });
  with_gradients(show, "embedding by frequency", {w}, [&] {
    return F::embedding(index, w,
                        F::EmbeddingFuncOptions().scale_grad_by_freq(true).padding_idx(-1));
  });
  Tensor long_rows = leaf({5, 3}, 2);
  with_gradients(show, "embedding of short rows", {long_rows}, [&] {
    return F::embedding(index, long_rows, F::EmbeddingFuncOptions().max_norm(0.7).norm_type(1));
  });
  show("the rows", long_rows);
  show("embedding of nothing", F::embedding(torch::zeros({0, 2}, torch::kLong), w.detach()));
}

inline void embedding_bag_cases(const Show& show) {
  Tensor w = leaf({6, 3}, 1), weights = leaf({7}, 2);
  const Tensor index = torch::tensor({1, 3, 1, 0, 4, 1, 5}, torch::kLong),
               offsets = torch::tensor({0, 2, 2, 5}, torch::kLong),
               ends = torch::tensor({0, 2, 2, 5, 7}, torch::kLong),
               matrix = torch::tensor({1, 3, 1, 0, 4, 1}, torch::kLong).reshape({2, 3});
  const auto run = [&](const std::string& mode, auto kind) {
    auto options = F::EmbeddingBagFuncOptions().mode(kind);
    with_gradients(show, mode + " of rows", {w},
                   [&] { return F::embedding_bag(matrix, w, options); });
    options.offsets(offsets);
    with_gradients(show, mode + " of bags", {w},
                   [&] { return F::embedding_bag(index, w, options); });
    // Up to the end: what stands behind it counts in libtorch's means, and it reads what nobody
    // wrote for the gradients.
    options.include_last_offset(true).offsets(ends);
    with_gradients(show, mode + " of bags with an end", {w},
                   [&] { return F::embedding_bag(index, w, options); });
    options.include_last_offset(false).offsets(offsets).padding_idx(1);
    with_gradients(show, mode + " of bags with padding", {w},
                   [&] { return F::embedding_bag(index, w, options); });
  };
  run("sum", torch::kSum);
  run("mean", torch::kMean);
  run("max", torch::kMax);
  auto sum = F::EmbeddingBagFuncOptions().mode(torch::kSum).offsets(offsets);
  with_gradients(show, "weighted sum of bags", {w, weights},
                 [&] { return F::embedding_bag(index, w, sum.per_sample_weights(weights)); });
  auto mean = F::EmbeddingBagFuncOptions().offsets(offsets).scale_grad_by_freq(true);
  with_gradients(show, "mean of bags by frequency", {w},
                 [&] { return F::embedding_bag(index, w, mean); });
}

inline void module_bilinear_cases(const Show& show) {
  Tensor a = leaf({2, 3, 4}, 1), b = leaf({2, 3, 2}, 2), w = leaf({5, 4, 2}, 3),
         bias = leaf({5}, 4);
  with_gradients(show, "bilinear", {a, b, w, bias}, [&] { return F::bilinear(a, b, w, bias); });
  with_gradients(show, "bilinear without bias", {a, b, w}, [&] { return F::bilinear(a, b, w); });
  show("Unflatten", nn::Unflatten(1, std::vector<int64_t>{2, -1})(wave({2, 6}, 5)));
}
}  // namespace golden
