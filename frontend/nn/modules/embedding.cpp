#include "frontend/nn/modules/embedding.h"

#include <ostream>

#include "frontend/autograd/grad_mode.h"
#include "frontend/nn/embedding.h"
#include "frontend/nn/functional/embedding.h"
#include "frontend/nn/init.h"
#include "frontend/tensor/factories.h"

namespace torch {
namespace nn {
namespace {
// Counted from the front.
int64_t wrapped(int64_t padding_idx, int64_t rows) {
  TORCH_CHECK(padding_idx < rows && padding_idx >= -rows,
              "Padding_idx must be within num_embeddings");
  return padding_idx < 0 ? padding_idx + rows : padding_idx;
}
}  // namespace

namespace functional {
Tensor embedding(const Tensor& input, const Tensor& weight, const EmbeddingFuncOptions& options,
                 Location where) {
  record::Call call(where);
  const int64_t padding = options.padding_idx() ? wrapped(*options.padding_idx(), weight.size(0)) : -1;
  if (options.max_norm()) {
    NoGradGuard no_grad;
    Tensor table = weight;
    torch::embedding_renorm_(table, input, *options.max_norm(), options.norm_type());
  }
  return torch::embedding(In(weight, where), input, padding, options.scale_grad_by_freq(),
                          options.sparse());
}
}  // namespace functional

EmbeddingImpl::EmbeddingImpl(const EmbeddingOptions& options_) : options(options_) { reset(); }
void EmbeddingImpl::reset() {
  const std::vector<int64_t> sizes{options.num_embeddings(), options.embedding_dim()};
  if (options.padding_idx()) options.padding_idx(wrapped(*options.padding_idx(), sizes[0]));
  if (!options._weight().defined()) {
    weight = register_parameter("weight", torch::empty(sizes));
    reset_parameters();
    return;
  }
  TORCH_CHECK(options._weight().sizes() == IntArrayRef(sizes),
              "Shape of _weight does not match num_embeddings and embedding_dim");
  weight = register_parameter("weight", options._weight());
}
void EmbeddingImpl::reset_parameters() {
  init::normal_(weight);
  if (!options.padding_idx()) return;
  NoGradGuard no_grad;
  weight.select(0, *options.padding_idx()).fill_(0);
}
void EmbeddingImpl::pretty_print(std::ostream& stream) const {
  stream << std::boolalpha << "torch::nn::Embedding(num_embeddings=" << options.num_embeddings()
         << ", embedding_dim=" << options.embedding_dim();
  if (options.padding_idx()) stream << ", padding_idx=" << *options.padding_idx();
  if (options.max_norm()) stream << ", max_norm=" << *options.max_norm();
  if (options.norm_type() != 2) stream << ", norm_type=" << options.norm_type();
  if (options.scale_grad_by_freq()) stream << ", scale_grad_by_freq=" << true;
  if (options.sparse()) stream << ", sparse=" << true;
  stream << ")";
}
Tensor EmbeddingImpl::forward(const Tensor& indices, Location where) {
  Forward forward(*this, where);
  return functional::embedding(indices, weight,
                               functional::EmbeddingFuncOptions()
                                   .padding_idx(options.padding_idx())
                                   .max_norm(options.max_norm())
                                   .norm_type(options.norm_type())
                                   .scale_grad_by_freq(options.scale_grad_by_freq())
                                   .sparse(options.sparse()));
}

Embedding Embedding::from_pretrained(const Tensor& embeddings,
                                     const EmbeddingFromPretrainedOptions& options,
                                     Location where) {
  record::Call call(where);
  TORCH_CHECK(embeddings.dim() == 2, "Embeddings parameter is expected to be 2-dimensional");
  Embedding table(EmbeddingOptions(embeddings.size(0), embeddings.size(1))
                      ._weight(embeddings)
                      .padding_idx(options.padding_idx())
                      .max_norm(options.max_norm())
                      .norm_type(options.norm_type())
                      .scale_grad_by_freq(options.scale_grad_by_freq())
                      .sparse(options.sparse()));
  table->weight.set_requires_grad(!options.freeze());
  return table;
}
}  // namespace nn
}  // namespace torch
