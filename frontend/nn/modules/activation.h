#pragma once
#include "frontend/nn/cloneable.h"
#include "frontend/nn/options/activation.h"

namespace torch {
namespace nn {
// What each computes is said at the torch:: function of its name (activations.h).

// Without options.
#define WEFT_ACTIVATION(Name)                                                  \
  class Name##Impl : public Cloneable<Name##Impl> {                            \
   public:                                                                     \
    void reset() override {}                                                   \
    void pretty_print(std::ostream& stream) const override;                    \
    Tensor forward(const Tensor& input, Location where = Location::current()); \
  };                                                                           \
  WEFT_MODULE(Name)
WEFT_ACTIVATION(Sigmoid);
WEFT_ACTIVATION(Tanh);
WEFT_ACTIVATION(LogSigmoid);
WEFT_ACTIVATION(SiLU);
WEFT_ACTIVATION(Mish);
WEFT_ACTIVATION(Softsign);
WEFT_ACTIVATION(Tanhshrink);
/// Softmax over the channels of images.
WEFT_ACTIVATION(Softmax2d);
#undef WEFT_ACTIVATION

// With options that have defaults. Input is Tensor where the result may overwrite it, else const
// Tensor&.
#define WEFT_ACTIVATION(Name, Input)                                    \
  class Name##Impl : public Cloneable<Name##Impl> {                     \
   public:                                                              \
    explicit Name##Impl(const Name##Options& options_ = {});            \
    void reset() override {}                                            \
    void pretty_print(std::ostream& stream) const override;             \
    Tensor forward(Input input, Location where = Location::current());  \
    Name##Options options;                                              \
  };                                                                    \
  WEFT_MODULE(Name)
WEFT_ACTIVATION(ReLU, Tensor);
WEFT_ACTIVATION(ReLU6, Tensor);
WEFT_ACTIVATION(LeakyReLU, Tensor);
WEFT_ACTIVATION(RReLU, Tensor);
WEFT_ACTIVATION(ELU, Tensor);
WEFT_ACTIVATION(CELU, Tensor);
WEFT_ACTIVATION(SELU, Tensor);
WEFT_ACTIVATION(GELU, const Tensor&);
WEFT_ACTIVATION(GLU, const Tensor&);
WEFT_ACTIVATION(Hardshrink, const Tensor&);
WEFT_ACTIVATION(Softshrink, const Tensor&);
WEFT_ACTIVATION(Softplus, const Tensor&);
#undef WEFT_ACTIVATION

// Along a dim.
#define WEFT_ACTIVATION(Name)                                                  \
  class Name##Impl : public Cloneable<Name##Impl> {                            \
   public:                                                                     \
    explicit Name##Impl(int64_t dim) : Name##Impl(Name##Options(dim)) {}       \
    explicit Name##Impl(const Name##Options& options_);                        \
    void reset() override {}                                                   \
    void pretty_print(std::ostream& stream) const override;                    \
    Tensor forward(const Tensor& input, Location where = Location::current()); \
    Name##Options options;                                                     \
  };                                                                           \
  WEFT_MODULE(Name)
WEFT_ACTIVATION(Softmax);
WEFT_ACTIVATION(Softmin);
WEFT_ACTIVATION(LogSoftmax);
#undef WEFT_ACTIVATION

/// Refuses, when it is made, a max_val that is not greater than min_val.
class HardtanhImpl : public Cloneable<HardtanhImpl> {
 public:
  explicit HardtanhImpl(const HardtanhOptions& options_ = {});
  void reset() override;
  void pretty_print(std::ostream& stream) const override;
  Tensor forward(Tensor input, Location where = Location::current());
  HardtanhOptions options;
};
WEFT_MODULE(Hardtanh);

class PReLUImpl : public Cloneable<PReLUImpl> {
 public:
  explicit PReLUImpl(const PReLUOptions& options_ = {});
  void reset() override;
  void pretty_print(std::ostream& stream) const override;
  Tensor forward(const Tensor& input, Location where = Location::current());
  PReLUOptions options;
  Tensor weight;
};
WEFT_MODULE(PReLU);

class ThresholdImpl : public Cloneable<ThresholdImpl> {
 public:
  ThresholdImpl(double threshold, double value)
      : ThresholdImpl(ThresholdOptions(threshold, value)) {}
  explicit ThresholdImpl(const ThresholdOptions& options_);
  void reset() override {}
  void pretty_print(std::ostream& stream) const override;
  Tensor forward(Tensor input, Location where = Location::current());
  ThresholdOptions options;
};
WEFT_MODULE(Threshold);
}  // namespace nn
}  // namespace torch
