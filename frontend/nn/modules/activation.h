#pragma once
#include "frontend/nn/cloneable.h"
#include "frontend/nn/options/activation.h"

namespace torch {
namespace nn {

// An activation without options.
#define WEFT_ACTIVATION(Name)                                                  \
  class Name##Impl : public Cloneable<Name##Impl> {                            \
   public:                                                                     \
    void reset() override {}                                                   \
    void pretty_print(std::ostream& stream) const override;                    \
    Tensor forward(const Tensor& input, Location where = Location::current()); \
  };                                                                           \
  TORCH_MODULE(Name)
WEFT_ACTIVATION(Sigmoid);
WEFT_ACTIVATION(Tanh);
WEFT_ACTIVATION(LogSigmoid);
#undef WEFT_ACTIVATION

/// max(x, 0); with inplace(true) the input itself becomes the result.
class ReLUImpl : public Cloneable<ReLUImpl> {
 public:
  explicit ReLUImpl(const ReLUOptions& options = {});
  void reset() override {}
  void pretty_print(std::ostream& stream) const override;
  Tensor forward(Tensor input, Location where = Location::current());
  ReLUOptions options;
};
TORCH_MODULE(ReLU);

/// x where positive, else negative_slope * x.
class LeakyReLUImpl : public Cloneable<LeakyReLUImpl> {
 public:
  explicit LeakyReLUImpl(const LeakyReLUOptions& options = {});
  void reset() override {}
  void pretty_print(std::ostream& stream) const override;
  Tensor forward(Tensor input, Location where = Location::current());
  LeakyReLUOptions options;
};
TORCH_MODULE(LeakyReLU);

/// x * P(N <= x) for a standard normal N.
class GELUImpl : public Cloneable<GELUImpl> {
 public:
  explicit GELUImpl(GELUOptions options = {});
  void reset() override {}
  void pretty_print(std::ostream& stream) const override;
  Tensor forward(const Tensor& input, Location where = Location::current());
  GELUOptions options;
};
TORCH_MODULE(GELU);

/// exp(x) over its sum along a dim.
class SoftmaxImpl : public Cloneable<SoftmaxImpl> {
 public:
  explicit SoftmaxImpl(int64_t dim) : SoftmaxImpl(SoftmaxOptions(dim)) {}
  explicit SoftmaxImpl(const SoftmaxOptions& options);
  void reset() override {}
  void pretty_print(std::ostream& stream) const override;
  Tensor forward(const Tensor& input, Location where = Location::current());
  SoftmaxOptions options;
};
TORCH_MODULE(Softmax);

/// log(softmax(x)), exact for large differences.
class LogSoftmaxImpl : public Cloneable<LogSoftmaxImpl> {
 public:
  explicit LogSoftmaxImpl(int64_t dim) : LogSoftmaxImpl(LogSoftmaxOptions(dim)) {}
  explicit LogSoftmaxImpl(const LogSoftmaxOptions& options);
  void reset() override {}
  void pretty_print(std::ostream& stream) const override;
  Tensor forward(const Tensor& input, Location where = Location::current());
  LogSoftmaxOptions options;
};
TORCH_MODULE(LogSoftmax);
}  // namespace nn
}  // namespace torch
