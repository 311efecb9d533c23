#pragma once
#include "frontend/nn/cloneable.h"
#include "frontend/nn/options/normalization.h"

namespace torch {
namespace nn {

/// Parameters and running statistics of a normalisation, one number a channel each.
template <typename Derived, typename Options> class NormImplBase : public Cloneable<Derived> {
 public:
  NormImplBase(const Options& options);
  void reset() override;
  void reset_parameters();
  void reset_running_stats();
  void pretty_print(std::ostream& stream) const override;

  Options options;
  Tensor weight, bias;
  Tensor running_mean, running_var, num_batches_tracked;

 protected:
  virtual void _check_input_dim(const Tensor& input) = 0;
};

#define WEFT_NORM(Name, D)                                                                \
  class Name##D##dImpl : public NormImplBase<Name##D##dImpl, Name##Options> {             \
   public:                                                                                \
    Name##D##dImpl(int64_t num_features) : Name##D##dImpl(Name##Options(num_features)) {} \
    explicit Name##D##dImpl(const Name##Options& options) : NormImplBase(options) {}      \
    Tensor forward(const Tensor& input, Location where = Location::current());            \
    static constexpr const char* type = #Name;                                            \
    static constexpr int spatial_dims = D;                                                \
                                                                                          \
   protected:                                                                             \
    void _check_input_dim(const Tensor& input) override;                                  \
  };                                                                                      \
  WEFT_MODULE(Name##D##d)
// Normalises each channel: by the batch in training, by running statistics in evaluation.
WEFT_NORM(BatchNorm, 1);
WEFT_NORM(BatchNorm, 2);
WEFT_NORM(BatchNorm, 3);
// Normalises each channel of each image.
WEFT_NORM(InstanceNorm, 1);
WEFT_NORM(InstanceNorm, 2);
WEFT_NORM(InstanceNorm, 3);
#undef WEFT_NORM

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
WEFT_MODULE(LayerNorm);

/// Normalises groups of channels, then scales and shifts channel by channel.
class GroupNormImpl : public Cloneable<GroupNormImpl> {
 public:
  GroupNormImpl(int64_t num_groups, int64_t num_channels)
      : GroupNormImpl(GroupNormOptions(num_groups, num_channels)) {}
  explicit GroupNormImpl(const GroupNormOptions& options);
  void reset() override;
  void reset_parameters();
  void pretty_print(std::ostream& stream) const override;
  Tensor forward(const Tensor& input, Location where = Location::current());

  GroupNormOptions options;
  Tensor weight, bias;
};
WEFT_MODULE(GroupNorm);

/// Divides by what neighbouring channels are at the same place: see F::local_response_norm.
class LocalResponseNormImpl : public Cloneable<LocalResponseNormImpl> {
 public:
  LocalResponseNormImpl(int64_t size) : LocalResponseNormImpl(LocalResponseNormOptions(size)) {}
  explicit LocalResponseNormImpl(const LocalResponseNormOptions& options_) : options(options_) {}
  void reset() override {}
  void pretty_print(std::ostream& stream) const override;
  Tensor forward(const Tensor& input, Location where = Location::current());

  LocalResponseNormOptions options;
};
WEFT_MODULE(LocalResponseNorm);

/// The same for images (N, C, H, W), with as many channels before as behind.
class CrossMapLRN2dImpl : public Cloneable<CrossMapLRN2dImpl> {
 public:
  CrossMapLRN2dImpl(int64_t size) : CrossMapLRN2dImpl(CrossMapLRN2dOptions(size)) {}
  explicit CrossMapLRN2dImpl(const CrossMapLRN2dOptions& options_) : options(options_) {}
  void reset() override {}
  void pretty_print(std::ostream& stream) const override;
  Tensor forward(const Tensor& input, Location where = Location::current());

  CrossMapLRN2dOptions options;
};
WEFT_MODULE(CrossMapLRN2d);
}  // namespace nn
}  // namespace torch
