#include "frontend/nn/modules/embedding.h"

#include <ostream>

#include "frontend/autograd/grad_mode.h"
#include "frontend/nn/functional/embedding.h"
#include "frontend/nn/init.h"
#include "frontend/tensor/factories.h"

namespace torch {
namespace nn {
namespace {
// The row that is no one's, counted from the front.
template <typename Options> void normalize_padding(Options& options) {
  std::optional<int64_t>& padding = options.padding_idx();
  if (!padding) return;
  const int64_t rows = options.num_embeddings();
  TORCH_CHECK(*padding < rows, "Padding_idx must be within num_embeddings (", rows, "), got ",
              *padding);
  TORCH_CHECK(*padding >= -rows, "Padding_idx must be within num_embedding (", rows, "), got ",
              *padding);
  if (*padding < 0) padding = *padding + rows;
}
template <typename Impl> void reset_table(Impl& module) {
  const Tensor& given = module.options._weight();
  const std::vector<int64_t> sizes{module.options.num_embeddings(), module.options.embedding_dim()};
  if (!given.defined()) {
    module.weight = module.register_parameter("weight", torch::empty(sizes));
    return module.reset_parameters();
  }
  TORCH_CHECK(given.sizes() == IntArrayRef(sizes),
              "Shape of _weight does not match num_embeddings and embedding_dim: got ",
              given.sizes(), ", expected ", IntArrayRef(sizes));
  module.weight = module.register_parameter("weight", given);
}
// What embeddings and bags of them print of their options in common.
template <typename Options> void print_norm(std::ostream& stream, const Options& options) {
  stream << std::boolalpha;
  if (options.max_norm()) stream << ", max_norm=" << *options.max_norm();
  if (options.norm_type() != 2) stream << ", norm_type=" << options.norm_type();
  if (options.scale_grad_by_freq())
    stream << ", scale_grad_by_freq=" << options.scale_grad_by_freq();
  if (options.sparse()) stream << ", sparse=" << options.sparse();
}
void check_table(const Tensor& embeddings) {
  TORCH_CHECK(embeddings.dim() == 2,
              "Embeddings parameter is expected to be 2-dimensional, got sizes ",
              embeddings.sizes());
}
}  // namespace

EmbeddingImpl::EmbeddingImpl(EmbeddingOptions options_) : options(std::move(options_)) { reset(); }
void EmbeddingImpl::reset() {
  normalize_padding(options);
  reset_table(*this);
}
void EmbeddingImpl::reset_parameters() {
  init::normal_(weight);
  NoGradGuard no_grad;
  if (options.padding_idx()) weight.select(0, *options.padding_idx()).fill_(0);
}
void EmbeddingImpl::pretty_print(std::ostream& stream) const {
  stream << "torch::nn::Embedding(num_embeddings=" << options.num_embeddings()
         << ", embedding_dim=" << options.embedding_dim();
  if (options.padding_idx()) stream << ", padding_idx=" << *options.padding_idx();
  print_norm(stream, options);
  stream << ")";
}
Tensor EmbeddingImpl::forward(const Tensor& indices, Location where) {
  Forward forward(*this, where);
  auto call = functional::EmbeddingFuncOptions()
                  .padding_idx(options.padding_idx())
                  .max_norm(options.max_norm())
                  .norm_type(options.norm_type());
  call.scale_grad_by_freq(options.scale_grad_by_freq()).sparse(options.sparse());
  return functional::embedding(indices, weight, call);
}
Embedding Embedding::from_pretrained(const Tensor& embeddings,
                                     const EmbeddingFromPretrainedOptions& options,
                                     Location where) {
  record::Call call(where);
  check_table(embeddings);
  auto made = EmbeddingOptions(embeddings.size(0), embeddings.size(1))
                  ._weight(embeddings)
                  .padding_idx(options.padding_idx())
                  .max_norm(options.max_norm());
  made.norm_type(options.norm_type())
      .scale_grad_by_freq(options.scale_grad_by_freq())
      .sparse(options.sparse());
  Embedding embedding(made);
  embedding->weight.set_requires_grad(!options.freeze());
  return embedding;
}

EmbeddingBagImpl::EmbeddingBagImpl(EmbeddingBagOptions options_) : options(std::move(options_)) {
  reset();
}
void EmbeddingBagImpl::reset() {
  normalize_padding(options);
  reset_table(*this);
}
void EmbeddingBagImpl::reset_parameters() {
  init::normal_(weight);
  NoGradGuard no_grad;
  if (options.padding_idx()) weight.select(0, *options.padding_idx()).fill_(0);
}
void EmbeddingBagImpl::pretty_print(std::ostream& stream) const {
  stream << "torch::nn::EmbeddingBag(num_embeddings=" << options.num_embeddings()
         << ", embedding_dim=" << options.embedding_dim();
  print_norm(stream, options);
  if (!std::get_if<enumtype::kMean>(&options.mode()))
    stream << ", mode=" << enumtype::get_enum_name(options.mode());
  if (options.include_last_offset())
    stream << ", include_last_offset=" << options.include_last_offset();
  if (options.padding_idx()) stream << ", padding_idx=" << *options.padding_idx();
  stream << ")";
}
Tensor EmbeddingBagImpl::forward(const Tensor& input, const Tensor& offsets,
                                 const Tensor& per_sample_weights, Location where) {
  Forward forward(*this, where);
  auto call = functional::EmbeddingBagFuncOptions()
                  .offsets(offsets)
                  .max_norm(options.max_norm())
                  .norm_type(options.norm_type())
                  .scale_grad_by_freq(options.scale_grad_by_freq());
  call.mode(options.mode())
      .sparse(options.sparse())
      .per_sample_weights(per_sample_weights)
      .include_last_offset(options.include_last_offset())
      .padding_idx(options.padding_idx());
  return functional::embedding_bag(input, weight, call);
}
EmbeddingBag EmbeddingBag::from_pretrained(const Tensor& embeddings,
                                           const EmbeddingBagFromPretrainedOptions& options,
                                           Location where) {
  record::Call call(where);
  check_table(embeddings);
  auto made = EmbeddingBagOptions(embeddings.size(0), embeddings.size(1))
                  ._weight(embeddings)
                  .max_norm(options.max_norm())
                  .norm_type(options.norm_type())
                  .scale_grad_by_freq(options.scale_grad_by_freq());
  made.mode(options.mode())
      .sparse(options.sparse())
      .include_last_offset(options.include_last_offset())
      .padding_idx(options.padding_idx());
  EmbeddingBag bag(made);
  bag->weight.set_requires_grad(!options.freeze());
  return bag;
}
}  // namespace nn
}  // namespace torch
