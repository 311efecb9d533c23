#pragma once
#include "frontend/nn/cloneable.h"
#include "frontend/nn/options/normalization.h"

namespace torch {
namespace nn {

/// Parameters and running statistics of batch normalisation, one number a channel each.
template <typename Derived>
class BatchNormBase : public Cloneable<Derived> {
 public:
  explicit BatchNormBase(const BatchNormOptions& options);
  void reset() override;
  void reset_parameters();
  void reset_running_stats();
  void pretty_print(std::ostream& stream) const override;

  BatchNormOptions options;
  Tensor weight, bias;
  Tensor running_mean, running_var, num_batches_tracked;

 protected:
  Tensor normalize(const Tensor& input, Location where);
  virtual void _check_input_dim(const Tensor& input) = 0;
};

#define WEFT_BATCH_NORM(D)                                                                       \
  /** Normalises each channel: by the batch in training, by running statistics in evaluation. */ \
  class BatchNorm##D##dImpl : public BatchNormBase<BatchNorm##D##dImpl> {                        \
   public:                                                                                       \
    BatchNorm##D##dImpl(int64_t num_features)                                                    \
        : BatchNorm##D##dImpl(BatchNormOptions(num_features)) {}                                 \
    explicit BatchNorm##D##dImpl(const BatchNormOptions& options) : BatchNormBase(options) {}    \
    Tensor forward(const Tensor& input, Location where = Location::current());                   \
    static constexpr int spatial_dims = D;                                                       \
                                                                                                 \
   protected:                                                                                    \
    void _check_input_dim(const Tensor& input) override;                                         \
  };                                                                                             \
  TORCH_MODULE(BatchNorm##D##d)
WEFT_BATCH_NORM(1);
WEFT_BATCH_NORM(2);
WEFT_BATCH_NORM(3);
#undef WEFT_BATCH_NORM

/// Normalises over the trailing dims, then scales and shifts element by element.
class LayerNormImpl : public Cloneable<LayerNormImpl> {
 public:
  LayerNormImpl(std::vector<int64_t> normalized_shape)
      : LayerNormImpl(LayerNormOptions(normalized_shape)) {}
  explicit LayerNormImpl(const LayerNormOptions& options);
  void reset() override;
  void reset_parameters();
  void pretty_print(std::ostream& stream) const override;
  Tensor forward(const Tensor& input, Location where = Location::current());

  LayerNormOptions options;
  Tensor weight, bias;
};
TORCH_MODULE(LayerNorm);
}  // namespace nn
}  // namespace torch
