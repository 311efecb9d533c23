#include "frontend/nn/modules/adaptive.h"

#include <algorithm>
#include <cmath>
#include <ostream>

#include "frontend/nn/functional/activation.h"
#include "frontend/nn/modules/sequential.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
namespace nn {
namespace {
void check_cutoffs(const AdaptiveLogSoftmaxWithLossOptions& options) {
  const std::vector<int64_t>& cutoffs = options.cutoffs();
  bool rising = !cutoffs.empty() && cutoffs.front() > 0 && cutoffs.back() < options.n_classes();
  for (size_t i = 1; i < cutoffs.size(); ++i) rising = rising && cutoffs[i - 1] < cutoffs[i];
  TORCH_CHECK_VALUE(rising,
                    "cutoffs should be a sequence of unique, positive integers sorted in an "
                    "increasing order, where each value is between 1 and n_classes-1, got cutoffs ",
                    IntArrayRef(cutoffs), " with n_classes ", options.n_classes());
}
void check_forward(const Tensor& input, const Tensor& target) {
  TORCH_CHECK(target.dim() <= 1,
              "0D or 1D target tensor expected, multi-target not supported, got target of sizes ",
              target.sizes());
  TORCH_CHECK(input.dim() == target.dim() + 1, target.dim(), "D target tensor expects ",
              target.dim() + 1, "D input tensors, but found inputs with sizes ", input.sizes());
  TORCH_CHECK(target.dim() == 0 || input.size(0) == target.size(0),
              "Input and target should have the same size in the batch dimension, got ",
              input.sizes(), " and ", target.sizes());
}
}  // namespace

AdaptiveLogSoftmaxWithLossImpl::AdaptiveLogSoftmaxWithLossImpl(
    AdaptiveLogSoftmaxWithLossOptions options_, Location where)
    : options(std::move(options_)) {
  record::Call call(where);
  reset();
}
void AdaptiveLogSoftmaxWithLossImpl::reset() {
  check_cutoffs(options);
  cutoffs = options.cutoffs();
  cutoffs.push_back(options.n_classes());
  shortlist_size = cutoffs[0];
  n_clusters = static_cast<int64_t>(cutoffs.size()) - 1;
  head_size = shortlist_size + n_clusters;
  head = register_module(
      "head", Linear(LinearOptions(options.in_features(), head_size).bias(options.head_bias())));
  tail = register_module("tail", ModuleList());
  for (size_t i = 1; i < cutoffs.size(); ++i) {
    const auto width = static_cast<int64_t>(static_cast<double>(options.in_features()) /
                                            std::pow(options.div_value(), static_cast<double>(i)));
    const int64_t classes = cutoffs[i] - cutoffs[i - 1];
    tail->push_back(Sequential(Linear(LinearOptions(options.in_features(), width).bias(false)),
                               Linear(LinearOptions(width, classes).bias(false))));
  }
}
void AdaptiveLogSoftmaxWithLossImpl::reset_parameters() {
  head->reset_parameters();
  for (size_t i = 0; i < tail->size(); ++i)
    for (const auto& layer : tail[i]->children()) layer->as<Linear>()->reset_parameters();
}
void AdaptiveLogSoftmaxWithLossImpl::pretty_print(std::ostream& stream) const {
  stream << "torch::nn::AdaptiveLogSoftmaxWithLoss";
}

Tensor AdaptiveLogSoftmaxWithLossImpl::_get_full_log_prob(const Tensor& input,
                                                          const Tensor& head_output) {
  const Tensor first = functional::log_softmax(head_output, 1);
  std::vector<Tensor> parts = {first.slice(1, 0, shortlist_size)};
  for (int64_t i = 0; i < n_clusters; ++i) {
    const Tensor scores = tail->at<SequentialImpl>(static_cast<size_t>(i)).forward(input);
    parts.push_back(functional::log_softmax(scores, 1) +
                    first.select(1, shortlist_size + i).unsqueeze(1));
  }
  return torch::cat(parts, 1);
}
Tensor AdaptiveLogSoftmaxWithLossImpl::log_prob(const Tensor& input, Location where) {
  Forward forward(*this, where);
  return _get_full_log_prob(input, head->forward(input));
}
Tensor AdaptiveLogSoftmaxWithLossImpl::predict(const Tensor& input, Location where) {
  Forward forward(*this, where);
  return input.dim() == 1 ? log_prob(input.unsqueeze(0)).argmax(1).squeeze(0)
                          : log_prob(input).argmax(1);
}
ASMoutput AdaptiveLogSoftmaxWithLossImpl::forward(const Tensor& input, const Tensor& target,
                                                  Location where) {
  Forward forward(*this, where);
  check_forward(input, target);
  const bool batched = target.dim() > 0;
  const Tensor rows = batched ? input : input.unsqueeze(0);
  const Tensor classes = (batched ? target : target.unsqueeze(0)).to(kLong);
  const Tensor all = log_prob(rows);
  const Tensor low = classes.min(), high = classes.max();
  const Tensor found =
      all.gather(1, classes.clamp(0, options.n_classes() - 1).unsqueeze(1)).squeeze(1);
  const double loss = (-found).mean().item<double>();
  TORCH_CHECK(low.item<int64_t>() >= 0 && high.item<int64_t>() < options.n_classes(),
              "Target values should be in [0, ", options.n_classes() - 1,
              "], but values in range [", low.item<int64_t>(), ", ", high.item<int64_t>(),
              "] were found.");
  return {batched ? found : found.squeeze(0), loss};
}
}  // namespace nn
}  // namespace torch
