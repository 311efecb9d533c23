// Distances, normalisation, windows as columns, shuffles, bilinear forms.
#pragma once
#include "tests/frontend/functional/activation_cases.h"

namespace golden {
inline void distance_cases(const Show& show) {
  namespace nn = torch::nn;
  Tensor a = leaf({3, 4}, 1), b = leaf({3, 4}, 2), one = leaf({4}, 3), column = leaf({3, 1}, 4);
  for (int64_t dim : {0, 1}) {
    auto options = F::CosineSimilarityFuncOptions().dim(dim);
    with_gradients(show, "cosine_similarity along " + std::to_string(dim), {a, b},
                   [&] { return F::cosine_similarity(a, b, options); });
  }
  with_gradients(show, "cosine_similarity broadcast", {a, one, column}, [&] {
    return torch::cosine_similarity(a, one * column, 1) + torch::cosine_similarity(one, a, -1);
  });
  Tensor zero = torch::zeros({2, 3}).requires_grad_(), short_one = leaf({2, 3}, 5);
  with_gradients(show, "cosine_similarity of nothing", {short_one}, [&] {
    return torch::cosine_similarity(short_one * 1e-3, zero.detach() + 1, 1, /*eps=*/0.5);
  });
  for (double p : {0.0, 1.0, 2.0, 3.0, std::numeric_limits<double>::infinity()}) {
    const std::string norm = " of norm " + std::to_string(p);
    auto apart = [&] {
      return F::pairwise_distance(a, b, F::PairwiseDistanceFuncOptions().p(p).keepdim(true));
    };
    // Of norm 0 libtorch gives none, where it is zero.
    if (p == 0) show("pairwise_distance" + norm, apart());
    else with_gradients(show, "pairwise_distance" + norm, {a, b}, apart);
    with_gradients(show, "pdist" + norm, {a}, [&] { return F::pdist(a, p); });
  }
  Tensor twins = torch::ones({3, 2}).requires_grad_();
  with_gradients(show, "pdist of equals", {twins}, [&] { return F::pdist(twins); });
  show("pdist of one", F::pdist(torch::ones({1, 3})));
  with_gradients(show, "PairwiseDistance", {a, b},
                 [&] { return nn::PairwiseDistance(nn::PairwiseDistanceOptions().eps(0.1))(a, b); });
  with_gradients(show, "CosineSimilarity", {a, b}, [&] {
    return nn::CosineSimilarity(nn::CosineSimilarityOptions().dim(0))(a, b);
  });
}

inline void norm_cases(const Show& show) {
  namespace nn = torch::nn;
  Tensor a = leaf({2, 5, 3}, 1), images = leaf({2, 5, 3, 2}, 2), volumes = leaf({1, 4, 2, 2, 2}, 3);
  for (double p : {1.0, 2.0, 3.0})
    with_gradients(show, "normalize of norm " + std::to_string(p), {a}, [&] {
      return F::normalize(a, F::NormalizeFuncOptions().p(p).dim(-1));
    });
  show("normalize nothing", F::normalize(torch::zeros({2, 3})));
  Tensor out = torch::zeros({2, 5, 3});
  F::normalize(a.detach(), F::NormalizeFuncOptions().out(out));
  show("normalize into a tensor", out);
  for (int64_t size : {2, 3}) {
    auto options = F::LocalResponseNormFuncOptions(size).alpha(0.3).beta(0.6).k(0.5);
    const std::string over = "local_response_norm over " + std::to_string(size);
    with_gradients(show, over, {a}, [&] { return F::local_response_norm(a, options); });
    with_gradients(show, over + " of images", {images},
                   [&] { return F::local_response_norm(images, options); });
    with_gradients(show, over + " of volumes", {volumes},
                   [&] { return F::local_response_norm(volumes, options); });
  }
  show("LocalResponseNorm", nn::LocalResponseNorm(2)(a.detach()));
}

inline void window_cases(const Show& show) {
  namespace nn = torch::nn;
  Tensor images = leaf({2, 3, 5, 6}, 1), one = leaf({2, 4, 4}, 2);
  with_gradients(show, "unfold", {images},
                 [&] { return F::unfold(images, F::UnfoldFuncOptions({2, 3})); });
  with_gradients(show, "unfold with everything", {images}, [&] {
    return F::unfold(images, F::UnfoldFuncOptions(2).dilation({1, 2}).padding({1, 0}).stride({2, 1}));
  });
  with_gradients(show, "im2col of one", {one},
                 [&] { return torch::im2col(one, {3, 2}, {1, 1}, {1, 1}, {1, 2}); });
  Tensor columns = leaf({2, 12, 20}, 3), few = leaf({8, 6}, 4);
  with_gradients(show, "fold", {columns},
                 [&] { return F::fold(columns, F::FoldFuncOptions({6, 5}, 2)); });
  with_gradients(show, "fold with everything", {few}, [&] {
    auto options = F::FoldFuncOptions({3, 5}, 2).dilation({1, 2}).padding({1, 0}).stride({2, 1});
    return F::fold(few, options);
  });
  with_gradients(show, "Fold", {columns}, [&] { return nn::Fold(nn::FoldOptions({5, 6}, {2, 2}))(columns); });
  with_gradients(show, "Unfold", {images}, [&] { return nn::Unfold(nn::UnfoldOptions(3))(images); });
  Tensor channels = leaf({2, 8, 2, 3}, 5), wide = leaf({3, 4, 6}, 6);
  with_gradients(show, "pixel_shuffle", {channels}, [&] { return F::pixel_shuffle(channels, 2); });
  with_gradients(show, "pixel_unshuffle", {wide}, [&] { return F::pixel_unshuffle(wide, 2); });
  show("PixelShuffle", nn::PixelShuffle(2)(channels.detach()));
  show("PixelUnshuffle", nn::PixelUnshuffle(2)(wide.detach()));
  const Tensor classes = torch::tensor({{1, 0}, {3, 2}}, torch::kLong);
  show("one_hot", F::one_hot(classes));
  show("one_hot of more", F::one_hot(classes, 6));
  show("one_hot of nothing", F::one_hot(torch::zeros({0}, torch::kLong), 3));
}

inline void bilinear_cases(const Show& show) {
  Tensor a = leaf({2, 3, 4}, 1), b = leaf({2, 3, 5}, 2), w = leaf({2, 4, 5}, 3), bias = leaf({2}, 4);
  with_gradients(show, "bilinear", {a, b, w, bias}, [&] { return F::bilinear(a, b, w, bias); });
  with_gradients(show, "bilinear of one", {a, b, w},
                 [&] { return F::bilinear(a[0][0], b[0][0], w); });
}

inline void dropout_cases(const Show& show) {
  namespace nn = torch::nn;
  const Tensor x = wave({2, 3, 4, 2}, 1);
  for (bool training : {false, true})
    for (double p : {0.0, 1.0}) {
      const std::string name =
          " of " + std::to_string(p) + (training ? "" : " in evaluation");
      show("dropout" + name, F::dropout(x, F::DropoutFuncOptions().p(p).training(training)));
      show("dropout2d" + name, F::dropout2d(x, F::Dropout2dFuncOptions().p(p).training(training)));
      show("dropout3d" + name, F::dropout3d(x, F::Dropout3dFuncOptions().p(p).training(training)));
      show("alpha_dropout" + name,
           F::alpha_dropout(x, F::AlphaDropoutFuncOptions().p(p).training(training)));
      show("feature_alpha_dropout" + name,
           F::feature_alpha_dropout(x, F::FeatureAlphaDropoutFuncOptions().p(p).training(training)));
    }
}

inline void composite_cases(const Show& show) {
  distance_cases(show);
  norm_cases(show);
  window_cases(show);
  bilinear_cases(show);
  dropout_cases(show);
}
}  // namespace golden
