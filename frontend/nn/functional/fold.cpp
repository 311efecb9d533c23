#include "frontend/nn/functional/fold.h"

#include "frontend/nn/shuffles.h"
#include "frontend/record/scope.h"

namespace torch {
namespace nn {
namespace functional {
Tensor fold(const Tensor& input, const FoldFuncOptions& options, Location where) {
  record::Call call(where);
  TORCH_CHECK(input.dim() == 3 || input.dim() == 2,
              "Input Error: Only unbatched (2D) or batched (3D) input Tensors are supported (got ",
              input.dim(), "D)");
  return torch::col2im(input, options.output_size(), options.kernel_size(), options.dilation(),
                       options.padding(), options.stride());
}
Tensor unfold(const Tensor& input, const UnfoldFuncOptions& options, Location where) {
  record::Call call(where);
  TORCH_CHECK(input.dim() == 4, "Input Error: Only 4D input Tensors are supported (got ",
              input.dim(), "D)");
  return torch::im2col(input, options.kernel_size(), options.dilation(), options.padding(),
                       options.stride());
}
}  // namespace functional
}  // namespace nn
}  // namespace torch
