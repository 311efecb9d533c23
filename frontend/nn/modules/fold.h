#pragma once
#include "frontend/nn/cloneable.h"
#include "frontend/nn/options/fold.h"

namespace torch {
namespace nn {
/// Columns (N, C kh kw, L) summed into the windows of images (N, C, H, W).
class FoldImpl : public Cloneable<FoldImpl> {
 public:
  FoldImpl(ExpandingArray<2> output_size, ExpandingArray<2> kernel_size)
      : FoldImpl(FoldOptions(output_size, kernel_size)) {}
  explicit FoldImpl(const FoldOptions& options_);
  void reset() override {}
  void pretty_print(std::ostream& stream) const override;
  Tensor forward(const Tensor& input, Location where = Location::current());
  FoldOptions options;
};
WEFT_MODULE(Fold);

/// The windows of images (N, C, H, W) as columns (N, C kh kw, L).
class UnfoldImpl : public Cloneable<UnfoldImpl> {
 public:
  UnfoldImpl(ExpandingArray<2> kernel_size) : UnfoldImpl(UnfoldOptions(kernel_size)) {}
  explicit UnfoldImpl(const UnfoldOptions& options_);
  void reset() override {}
  void pretty_print(std::ostream& stream) const override;
  Tensor forward(const Tensor& input, Location where = Location::current());
  UnfoldOptions options;
};
WEFT_MODULE(Unfold);
}  // namespace nn
}  // namespace torch
