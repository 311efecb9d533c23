#include "frontend/nn/modules/fold.h"

#include <ostream>

#include "frontend/nn/functional/fold.h"

namespace torch {
namespace nn {
namespace {
template <class Options>
void print_windows(std::ostream& stream, const Options& options) {
  stream << "kernel_size=" << options.kernel_size() << ", dilation=" << options.dilation()
         << ", padding=" << options.padding() << ", stride=" << options.stride() << ")";
}
}  // namespace

FoldImpl::FoldImpl(const FoldOptions& options_) : options(options_) {}
void FoldImpl::pretty_print(std::ostream& stream) const {
  stream << "torch::nn::Fold(output_size=" << options.output_size() << ", ";
  print_windows(stream, options);
}
Tensor FoldImpl::forward(const Tensor& input, Location where) {
  Forward forward(*this, where);
  return functional::fold(input, options);
}

UnfoldImpl::UnfoldImpl(const UnfoldOptions& options_) : options(options_) {}
void UnfoldImpl::pretty_print(std::ostream& stream) const {
  stream << "torch::nn::Unfold(";
  print_windows(stream, options);
}
Tensor UnfoldImpl::forward(const Tensor& input, Location where) {
  Forward forward(*this, where);
  return functional::unfold(input, options);
}
}  // namespace nn
}  // namespace torch
