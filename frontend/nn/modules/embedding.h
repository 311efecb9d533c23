#pragma once
#include "frontend/nn/cloneable.h"
#include "frontend/nn/options/embedding.h"

namespace torch {
namespace nn {

/// A table of vectors, weight (num_embeddings, embedding_dim), standard normal at first; row
/// padding_idx starts as zeros and is not trained.
class EmbeddingImpl : public Cloneable<EmbeddingImpl> {
 public:
  EmbeddingImpl(int64_t num_embeddings, int64_t embedding_dim)
      : EmbeddingImpl(EmbeddingOptions(num_embeddings, embedding_dim)) {}
  explicit EmbeddingImpl(const EmbeddingOptions& options);
  void reset() override;
  void reset_parameters();
  void pretty_print(std::ostream& stream) const override;
  Tensor forward(const Tensor& indices, Location where = Location::current());

  EmbeddingOptions options;
  Tensor weight;
};

class Embedding : public ModuleHolder<EmbeddingImpl> {
 public:
  using ModuleHolder<EmbeddingImpl>::ModuleHolder;
  using Impl = EmbeddingImpl;
  /// A table of given vectors, frozen unless the options say otherwise.
  static Embedding from_pretrained(const Tensor& embeddings,
                                   const EmbeddingFromPretrainedOptions& options = {},
                                   Location where = Location::current());
};
}  // namespace nn
}  // namespace torch
