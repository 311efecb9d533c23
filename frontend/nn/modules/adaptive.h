#pragma once
#include <vector>

#include "frontend/nn/modules/linear.h"
#include "frontend/nn/modules/module_list.h"
#include "frontend/nn/options/adaptive.h"

namespace torch {
namespace nn {

struct ASMoutput {
  ASMoutput(Tensor output_, double loss_) : output(std::move(output_)), loss(loss_) {}
  /// The log-probability of each example's target: differentiable.
  Tensor output;
  /// The mean of what `output` is below zero: a number, known when forward returns.
  double loss;
};

/// Softmax over many classes (Grave et al. 2017, "Efficient softmax approximation for GPUs"): the
/// frequent classes, those below the first cutoff, have a score each; the others share one a
/// cluster, and are told apart by scores of fewer features. Classes are sorted by how frequent they
/// are, the most frequent first. All clusters are computed for all examples: shapes do not depend
/// on the targets, and a step is compiled once.
class AdaptiveLogSoftmaxWithLossImpl : public Cloneable<AdaptiveLogSoftmaxWithLossImpl> {
 public:
  AdaptiveLogSoftmaxWithLossImpl(int64_t in_features, int64_t n_classes,
                                 std::vector<int64_t> cutoffs)
      : AdaptiveLogSoftmaxWithLossImpl(
            AdaptiveLogSoftmaxWithLossOptions(in_features, n_classes, std::move(cutoffs))) {}
  explicit AdaptiveLogSoftmaxWithLossImpl(AdaptiveLogSoftmaxWithLossOptions options,
                                          Location where = Location::current());
  void reset() override;
  void reset_parameters();
  void pretty_print(std::ostream& stream) const override;
  /// input (N, in_features) or (in_features); target (N) or (), classes.
  ASMoutput forward(const Tensor& input, const Tensor& target,
                    Location where = Location::current());
  /// Of all classes: (N, n_classes).
  Tensor log_prob(const Tensor& input, Location where = Location::current());
  /// The most probable class: (N), or () for an input without batch.
  Tensor predict(const Tensor& input, Location where = Location::current());
  Tensor _get_full_log_prob(const Tensor& input, const Tensor& head_output);

  AdaptiveLogSoftmaxWithLossOptions options;
  /// The options', and the number of classes.
  std::vector<int64_t> cutoffs;
  int64_t shortlist_size = 0, n_clusters = 0, head_size = 0;
  Linear head = nullptr;
  ModuleList tail;
};
WEFT_MODULE(AdaptiveLogSoftmaxWithLoss);
}  // namespace nn
}  // namespace torch
