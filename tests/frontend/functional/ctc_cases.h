// Connectionist temporal classification: lengths, blanks, targets in rows and one after the other,
// what no path reaches.
#pragma once
#include "tests/frontend/functional/activation_cases.h"

namespace golden {
struct CtcInputs {
  Tensor x = leaf({7, 4, 5}, 1);  // (T, N, C)
  // The last needs more steps than there are: equal neighbours have a blank between them.
  Tensor rows =
      torch::tensor({{1, 2, 3, 0}, {4, 4, 1, 0}, {0, 0, 0, 0}, {3, 3, 3, 3}}, torch::kLong);
  Tensor sizes = torch::tensor({3, 3, 0, 4}, torch::kLong);
  Tensor steps = torch::tensor({7, 5, 6, 6}, torch::kLong);
  Tensor one_after_the_other() const {
    return torch::tensor({1, 2, 3, 4, 4, 1, 3, 3, 3, 3}, torch::kLong);
  }
  // The same targets where the blank is another class.
  Tensor with_blank(int64_t blank) const {
    return torch::where(rows == blank, torch::zeros_like(rows), rows);
  }
};

template <class Reduction>
void ctc_reductions(const Show& show, const std::string& name, Reduction reduction) {
  CtcInputs in;
  for (int64_t blank : {0, 2, 4})
    for (bool zero : {false, true}) {
      const auto options =
          F::CTCLossFuncOptions().blank(blank).zero_infinity(zero).reduction(reduction);
      const std::string how = name + ", blank " + std::to_string(blank) + (zero ? ", zeroed" : "");
      const Tensor targets = in.with_blank(blank);
      const auto all = [&] {
        return F::ctc_loss(F::log_softmax(in.x, 2), targets, in.steps, in.sizes, options);
      };
      // Of what no path reaches the gradient is nan, unless it is zeroed.
      with_gradients(show, "ctc_loss " + how, {in.x}, all);
      // Three targets that paths reach.
      with_gradients(show, "ctc_loss of some " + how, {in.x}, [&] {
        return F::ctc_loss(F::log_softmax(in.x.narrow(1, 0, 3), 2), targets.narrow(0, 0, 3),
                           in.steps.narrow(0, 0, 3), in.sizes.narrow(0, 0, 3), options);
      });
    }
  const auto options = F::CTCLossFuncOptions().zero_infinity(true).reduction(reduction);
  with_gradients(show, "ctc_loss of one row of targets " + name, {in.x}, [&] {
    return F::ctc_loss(F::log_softmax(in.x, 2), in.one_after_the_other(), in.steps, in.sizes,
                       options);
  });
  Tensor alone = leaf({6, 5}, 2);
  with_gradients(show, "ctc_loss without a batch " + name, {alone}, [&] {
    return F::ctc_loss(F::log_softmax(alone, 1), torch::tensor({2, 2, 4}, torch::kLong),
                       torch::tensor({6}, torch::kLong).squeeze(),
                       torch::tensor({3}, torch::kLong).squeeze(), options);
  });
}

inline void ctc_cases(const Show& show) {
  ctc_reductions(show, "mean", torch::kMean);
  ctc_reductions(show, "sum", torch::kSum);
  ctc_reductions(show, "none", torch::kNone);
  CtcInputs in;
  // By log probabilities that nothing made, libtorch's gradient is that by the numbers before the
  // log_softmax.
  Tensor p = F::log_softmax(wave({5, 2, 3}, 4), 2).detach().requires_grad_();
  with_gradients(show, "ctc_loss of a leaf", {p}, [&] {
    return torch::ctc_loss(p, torch::tensor({{1, 2}, {2, 1}}, torch::kLong), {5, 4}, {2, 1}, 0,
                           torch::Reduction::Sum);
  });
  with_gradients(show, "ctc_loss of int32 targets", {in.x}, [&] {
    return torch::ctc_loss(F::log_softmax(in.x, 2), in.rows.to(torch::kInt),
                           in.steps.to(torch::kInt), in.sizes.to(torch::kInt), 0,
                           torch::Reduction::Mean, true);
  });
  with_gradients(show, "ctc_loss of empty targets", {in.x}, [&] {
    return F::ctc_loss(F::log_softmax(in.x, 2), torch::zeros({4, 0}, torch::kLong), in.steps,
                       torch::zeros({4}, torch::kLong));
  });
  Tensor once = leaf({1, 2, 3}, 3);
  with_gradients(show, "ctc_loss of one step", {once}, [&] {
    return F::ctc_loss(F::log_softmax(once, 2), torch::tensor({{1}, {2}}, torch::kLong),
                       torch::ones({2}, torch::kLong), torch::tensor({1, 0}, torch::kLong),
                       F::CTCLossFuncOptions().reduction(torch::kNone));
  });
  with_gradients(show, "CTCLoss", {in.x}, [&] {
    return torch::nn::CTCLoss(torch::nn::CTCLossOptions().blank(4).zero_infinity(true))(
        F::log_softmax(in.x, 2), in.with_blank(4), in.steps, in.sizes);
  });
}
}  // namespace golden
