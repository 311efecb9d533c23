#include "frontend/nn/functional/embedding.h"

#include "frontend/autograd/grad_mode.h"
#include "frontend/nn/embedding.h"
#include "frontend/record/scope.h"
#include "frontend/tensor/factories.h"

namespace torch {
namespace nn {
namespace functional {
namespace {
void shorten_rows(Tensor weight, const Tensor& input, double max_norm, double norm_type) {
  NoGradGuard no_grad;
  torch::embedding_renorm_(weight, input, max_norm, norm_type);
}
}  // namespace

Tensor embedding(const Tensor& input, const Tensor& weight, const EmbeddingFuncOptions& options,
                 Location where) {
  record::Call call(where);
  int64_t padding = -1;
  if (options.padding_idx()) {
    padding = *options.padding_idx();
    TORCH_CHECK(padding < weight.size(0), "Padding_idx must be within num_embeddings (",
                weight.size(0), "), got ", padding);
    TORCH_CHECK(padding >= -weight.size(0), "Padding_idx must be within num_embedding (",
                weight.size(0), "), got ", padding);
    if (padding < 0) padding += weight.size(0);
  }
  if (options.max_norm()) shorten_rows(weight, input, *options.max_norm(), options.norm_type());
  return torch::embedding(In(weight, where), input, padding, options.scale_grad_by_freq(),
                          options.sparse());
}

namespace {
int64_t mode_of(const EmbeddingBagFuncOptions& options) {
  if (std::get_if<enumtype::kSum>(&options.mode())) return 0;
  if (std::get_if<enumtype::kMean>(&options.mode())) return 1;
  TORCH_CHECK(!options.scale_grad_by_freq(),
              "max mode does not support scaling the gradient by the frequency");
  TORCH_CHECK(!options.sparse(), "max mode does not support sparse weights");
  return 2;
}
}  // namespace

Tensor embedding_bag(const Tensor& input, const Tensor& weight,
                     const EmbeddingBagFuncOptions& options, Location where) {
  record::Call call(where);
  Tensor indices = input, offsets = options.offsets(), weights = options.per_sample_weights();
  TORCH_CHECK(!weights.defined() || input.sizes() == weights.sizes(),
              "embedding_bag: If per_sample_weights (", weights.sizes(),
              ") is not null, then it must have the same shape as the input (", input.sizes(), ")");
  TORCH_CHECK(input.dim() == 1 || input.dim() == 2,
              "input has to be 1D or 2D Tensor, but got Tensor of dimension ", input.dim());
  if (input.dim() == 2) {
    TORCH_CHECK(!offsets.defined(),
                "If input is 2D, then offsets has to be null, as input is treated is a mini-batch "
                "of fixed length sequences. However, found offsets of type Tensor");
    std::vector<int64_t> starts;
    for (int64_t i = 0; i < input.size(0); ++i) starts.push_back(i * input.size(1));
    offsets = torch::tensor(starts, input.options().dtype(kLong));
    indices = input.reshape({-1});
    if (weights.defined()) weights = weights.reshape({-1});
  }
  TORCH_CHECK(offsets.defined(), "offsets has to be a 1D Tensor but got null");
  TORCH_CHECK(offsets.dim() == 1, "offsets has to be a 1D Tensor, got sizes ", offsets.sizes());
  const int64_t mode = mode_of(options);
  if (options.max_norm()) shorten_rows(weight, indices, *options.max_norm(), options.norm_type());
  TORCH_CHECK(!weights.defined() || mode == 0,
              "embedding_bag: per_sample_weights was not null. per_sample_weights is only "
              "supported for mode='kSum' (got mode='",
              enumtype::get_enum_name(options.mode()),
              "').Please open a feature request on GitHub.");
  return std::get<0>(torch::embedding_bag(
      In(weight, where), indices, offsets, options.scale_grad_by_freq(), mode, options.sparse(),
      weights, options.include_last_offset(), options.padding_idx()));
}
}  // namespace functional
}  // namespace nn
}  // namespace torch
