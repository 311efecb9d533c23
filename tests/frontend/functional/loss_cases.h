// Losses with all their options, values and gradients of all that has one.
#pragma once
#include "tests/frontend/functional/activation_cases.h"

namespace golden {
struct LossInputs {
  Tensor x = leaf({3, 4}, 1), y = leaf({3, 4}, 2), z = leaf({3, 4}, 3);
  Tensor sign = torch::where(wave({3, 4}, 5) > 0, 1.0, -1.0).to(torch::kFloat);
  Tensor row_sign = torch::tensor({1.0, -1.0, 1.0}, torch::kFloat);
  Tensor w = wave({4}, 6).abs() + 0.1;
  Tensor classes = torch::tensor({2, 0, 3}, torch::kLong);
  Tensor truth = (wave({3, 4}, 7) > 0).to(torch::kFloat);
};

template <class Reduction>
void number_losses(const Show& show, const std::string& name, Reduction reduction) {
  LossInputs in;
  Tensor &x = in.x, &y = in.y;
  auto run = [&](const std::string& loss, const std::function<Tensor()>& f) {
    with_gradients(show, loss + " " + name, {x, y}, f);
  };
  run("mse_loss", [&] { return F::mse_loss(x, y, reduction); });
  run("l1_loss", [&] { return F::l1_loss(x, y, reduction); });
  run("smooth_l1_loss", [&] { return F::smooth_l1_loss(x, y, reduction); });
  run("smooth_l1_loss of beta", [&] {
    return F::smooth_l1_loss(x, y, F::SmoothL1LossFuncOptions(reduction).beta(0.3));
  });
  run("smooth_l1_loss of no beta", [&] {
    return F::smooth_l1_loss(x, y, F::SmoothL1LossFuncOptions(reduction), 0.0);
  });
  run("huber_loss", [&] { return F::huber_loss(x, y, reduction); });
  run("huber_loss of delta", [&] {
    return F::huber_loss(x, y, F::HuberLossFuncOptions(reduction).delta(0.3));
  });
  run("kl_div", [&] {
    return F::kl_div(F::log_softmax(x, 1), F::softmax(y, 1), F::KLDivFuncOptions(reduction));
  });
  run("kl_div of logarithms", [&] {
    return F::kl_div(F::log_softmax(x, 1), F::log_softmax(y, 1),
                     F::KLDivFuncOptions(reduction).log_target(true));
  });
  run("poisson_nll_loss", [&] {
    return F::poisson_nll_loss(x, y, F::PoissonNLLLossFuncOptions().reduction(reduction));
  });
  run("poisson_nll_loss in full", [&] {
    return F::poisson_nll_loss(
        x.abs(), y.abs() * 3,
        F::PoissonNLLLossFuncOptions().log_input(false).full(true).eps(1e-3).reduction(reduction));
  });
  run("soft_margin_loss",
      [&] { return F::soft_margin_loss(x, in.sign, F::SoftMarginLossFuncOptions(reduction)); });
  run("multilabel_soft_margin_loss", [&] {
    return F::multilabel_soft_margin_loss(
        x, in.truth, F::MultilabelSoftMarginLossFuncOptions().reduction(reduction));
  });
  run("multilabel_soft_margin_loss weighted", [&] {
    return F::multilabel_soft_margin_loss(
        x, in.truth, F::MultilabelSoftMarginLossFuncOptions().reduction(reduction).weight(in.w));
  });
  run("binary_cross_entropy", [&] {
    return F::binary_cross_entropy(torch::sigmoid(x), torch::sigmoid(y),
                                   F::BinaryCrossEntropyFuncOptions().reduction(reduction));
  });
}

template <class Reduction>
void margin_losses(const Show& show, const std::string& name, Reduction reduction) {
  LossInputs in;
  Tensor &x = in.x, &y = in.y, &z = in.z;
  auto run = [&](const std::string& loss, const std::function<Tensor()>& f) {
    with_gradients(show, loss + " " + name, {x, y, z}, f);
  };
  for (int64_t p : {1, 2}) {
    auto options = F::MultiMarginLossFuncOptions().p(p).reduction(reduction);
    const std::string power = " of power " + std::to_string(p);
    run("multi_margin_loss" + power, [&] { return F::multi_margin_loss(x, in.classes, options); });
    options.margin(0.4).weight(in.w);
    run("multi_margin_loss weighted" + power,
        [&] { return F::multi_margin_loss(x, in.classes, options); });
  }
  run("multi_margin_loss of one", [&] {
    return F::multi_margin_loss(x[0], torch::tensor({1}, torch::kLong),
                                F::MultiMarginLossFuncOptions().reduction(reduction));
  });
  const Tensor lists =
      torch::tensor({{3, 0, -1, 1}, {-1, 2, 2, 2}, {0, 1, 2, 3}}, torch::kLong);
  run("multilabel_margin_loss",
      [&] { return F::multilabel_margin_loss(x, lists, reduction); });
  run("multilabel_margin_loss of one",
      [&] { return F::multilabel_margin_loss(x[1], lists[0], reduction); });
  run("hinge_embedding_loss", [&] {
    return F::hinge_embedding_loss(
        x, in.sign, F::HingeEmbeddingLossFuncOptions().margin(0.7).reduction(reduction));
  });
  run("margin_ranking_loss", [&] {
    return F::margin_ranking_loss(
        x, y, in.sign, F::MarginRankingLossFuncOptions().margin(0.3).reduction(reduction));
  });
  run("cosine_embedding_loss", [&] {
    return F::cosine_embedding_loss(
        x, y, in.row_sign, F::CosineEmbeddingLossFuncOptions().margin(0.1).reduction(reduction));
  });
  run("cosine_embedding_loss of one", [&] {
    return F::cosine_embedding_loss(x[0], y[0], in.row_sign[1],
                                    F::CosineEmbeddingLossFuncOptions().reduction(reduction));
  });
  for (double p : {1.0, 2.0, 3.0})
    for (bool swap : {false, true}) {
      auto options =
          F::TripletMarginLossFuncOptions().margin(0.8).p(p).swap(swap).reduction(reduction);
      run("triplet_margin_loss of norm " + std::to_string(p) + (swap ? " swapped" : ""),
          [&] { return F::triplet_margin_loss(x, y, z, options); });
    }
  using WithDistance = F::TripletMarginWithDistanceLossFuncOptions;
  run("triplet_margin_with_distance_loss", [&] {
    return F::triplet_margin_with_distance_loss(x, y, z, WithDistance().reduction(reduction));
  });
  run("triplet_margin_with_distance_loss swapped", [&] {
    auto distance = [](const Tensor& a, const Tensor& b) { return (a - b).abs().sum(1); };
    return F::triplet_margin_with_distance_loss(
        x, y, z,
        WithDistance().distance_function(distance).swap(true).margin(2).reduction(reduction));
  });
}

#ifdef WEFT_GOLDEN_WRITER
// libtorch has no gaussian_nll_loss in C++.
inline Tensor gaussian(const Tensor& x, const Tensor& t, const Tensor& var, bool full, double eps) {
  const Tensor above = var.clone();
  {
    torch::NoGradGuard no_grad;
    above.clamp_(eps);
  }
  return 0.5 * (above.log() + (x - t).pow(2) / above) + (full ? 0.5 * std::log(2 * M_PI) : 0.0);
}
#else
inline Tensor gaussian(const Tensor& x, const Tensor& t, const Tensor& var, bool full, double eps) {
  return F::gaussian_nll_loss(
      x, t, var,
      F::GaussianNLLLossFuncOptions().full(full).eps(eps).reduction(torch::kNone));
}
#endif

// Where logarithms end and differences vanish.
inline void loss_ends(const Show& show) {
  Tensor p = numbers({0, 0, 1, 1, 0.5, 1e-20}), t = numbers({0, 1, 0, 1, 0, 0.5});
  // By the target it is the difference of the logarithms: cut at -100 here, infinite there.
  with_gradients(show, "binary_cross_entropy at the ends", {p}, [&] {
    return F::binary_cross_entropy(
        p, t.detach(), F::BinaryCrossEntropyFuncOptions().reduction(torch::kNone));
  });
  Tensor far = numbers({-200, 200, -200, 200, 0, 0}), sides = numbers({0, 0, 1, 1, 0, 1});
  with_gradients(show, "binary_cross_entropy_with_logits far out", {far, sides}, [&] {
    return F::binary_cross_entropy_with_logits(
        far, sides, F::BinaryCrossEntropyWithLogitsFuncOptions().reduction(torch::kNone));
  });
  with_gradients(show, "torch::binary_cross_entropy of a column", {p}, [&] {
    return torch::binary_cross_entropy(torch::sigmoid(p).unsqueeze(1), t.detach(), {},
                                       torch::Reduction::None);
  });
  Tensor same = numbers({1, 1, -2, 1e30, -1e30}), other = numbers({1, 2, -1, 0, 0});
  with_gradients(show, "smooth_l1_loss of equals", {same},
                 [&] { return F::smooth_l1_loss(same, other, torch::kNone); });
  with_gradients(show, "huber_loss of equals", {same},
                 [&] { return F::huber_loss(same, other, torch::kNone); });
  with_gradients(show, "l1_loss of equals", {same},
                 [&] { return F::l1_loss(same, other, torch::kNone); });
  Tensor x = leaf({4}, 1), never = numbers({0, 0.25, 0.75, 0});
  with_gradients(show, "kl_div of the impossible", {x}, [&] {
    return F::kl_div(x, never.detach(), F::KLDivFuncOptions(torch::kSum));
  });
  LossInputs in;
  with_gradients(show, "kl_div of a batch", {in.x}, [&] {
    return F::kl_div(in.x, in.truth, F::KLDivFuncOptions(torch::kBatchMean));
  });
  Tensor var = (wave({3, 4}, 4).abs() + 1e-3).detach().requires_grad_();
  for (bool full : {false, true})
    with_gradients(show, full ? "gaussian_nll_loss in full" : "gaussian_nll_loss", {in.x, in.y, var},
                   [&] { return gaussian(in.x, in.y, var, full, 0.2); });
}

inline void loss_cases(const Show& show) {
  number_losses(show, "mean", torch::kMean);
  number_losses(show, "sum", torch::kSum);
  number_losses(show, "none", torch::kNone);
  margin_losses(show, "mean", torch::kMean);
  margin_losses(show, "sum", torch::kSum);
  margin_losses(show, "none", torch::kNone);
  loss_ends(show);
}

inline void loss_module_cases(const Show& show) {
  namespace nn = torch::nn;
  LossInputs in;
  Tensor &x = in.x, &y = in.y, &z = in.z;
  auto run = [&](const std::string& name, const std::function<Tensor()>& f) {
    with_gradients(show, name, {x, y, z}, f);
  };
  run("L1Loss", [&] { return nn::L1Loss(torch::kSum)(x, y); });
  run("MSELoss", [&] { return nn::MSELoss()(x, y); });
  run("SmoothL1Loss", [&] { return nn::SmoothL1Loss(nn::SmoothL1LossOptions().beta(0.4))(x, y); });
  run("HuberLoss", [&] { return nn::HuberLoss(nn::HuberLossOptions().delta(0.4))(x, y); });
  run("KLDivLoss", [&] { return nn::KLDivLoss(torch::kBatchMean)(x, F::softmax(y, 1)); });
  run("HingeEmbeddingLoss", [&] { return nn::HingeEmbeddingLoss()(x, in.sign); });
  run("MultiMarginLoss", [&] {
    return nn::MultiMarginLoss(nn::MultiMarginLossOptions().weight(in.w))(x, in.classes);
  });
  run("MultiLabelSoftMarginLoss", [&] { return nn::MultiLabelSoftMarginLoss()(x, in.truth); });
  run("SoftMarginLoss", [&] { return nn::SoftMarginLoss()(x, in.sign); });
  run("PoissonNLLLoss", [&] { return nn::PoissonNLLLoss()(x, in.truth); });
  run("CosineEmbeddingLoss", [&] { return nn::CosineEmbeddingLoss()(x, y, in.row_sign); });
  run("MarginRankingLoss", [&] { return nn::MarginRankingLoss()(x, y, in.sign); });
  run("TripletMarginLoss", [&] { return nn::TripletMarginLoss()(x, y, z); });
  run("TripletMarginWithDistanceLoss", [&] {
    auto options = nn::TripletMarginWithDistanceLossOptions().margin(2);
    return nn::TripletMarginWithDistanceLoss(options)(x, y, z);
  });
  run("BCELoss", [&] {
    return nn::BCELoss(nn::BCELossOptions().weight(in.w))(torch::sigmoid(x), in.truth);
  });
  run("BCEWithLogitsLoss", [&] {
    auto options = nn::BCEWithLogitsLossOptions().weight(in.w).pos_weight(in.w + 1);
    return nn::BCEWithLogitsLoss(options)(x, in.truth);
  });
  run("NLLLoss", [&] {
    return nn::NLLLoss(nn::NLLLossOptions().ignore_index(0))(F::log_softmax(x, 1), in.classes);
  });
  run("CrossEntropyLoss", [&] {
    return nn::CrossEntropyLoss(
        nn::CrossEntropyLossOptions().weight(in.w).label_smoothing(0.1))(x, in.classes);
  });
}
}  // namespace golden
