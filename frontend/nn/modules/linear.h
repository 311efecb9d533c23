#pragma once
#include "frontend/nn/cloneable.h"
#include "frontend/nn/options/linear.h"

namespace torch {
namespace nn {

/// y = x Wᵀ + b. weight (out, in), bias (out); both start uniform in ±1 / sqrt(in).
class LinearImpl : public Cloneable<LinearImpl> {
 public:
  LinearImpl(int64_t in_features, int64_t out_features)
      : LinearImpl(LinearOptions(in_features, out_features)) {}
  explicit LinearImpl(const LinearOptions& options);
  void reset() override;
  void reset_parameters();
  void pretty_print(std::ostream& stream) const override;
  Tensor forward(const Tensor& input, Location where = Location::current());

  LinearOptions options;
  Tensor weight, bias;
};
WEFT_MODULE(Linear);

/// Passes its input on.
class IdentityImpl : public Cloneable<IdentityImpl> {
 public:
  void reset() override {}
  void pretty_print(std::ostream& stream) const override;
  Tensor forward(const Tensor& input, Location where = Location::current());
};
WEFT_MODULE(Identity);

/// Joins the dims from start_dim to end_dim; by default all but the batch.
class FlattenImpl : public Cloneable<FlattenImpl> {
 public:
  explicit FlattenImpl(const FlattenOptions& options = {});
  void reset() override {}
  void pretty_print(std::ostream& stream) const override;
  Tensor forward(const Tensor& input, Location where = Location::current());

  FlattenOptions options;
};
WEFT_MODULE(Flatten);

/// Splits a dim into several of the given sizes.
class UnflattenImpl : public Cloneable<UnflattenImpl> {
 public:
  UnflattenImpl(int64_t dim, std::vector<int64_t> sizes)
      : UnflattenImpl(UnflattenOptions(dim, std::move(sizes))) {}
  explicit UnflattenImpl(UnflattenOptions options);
  void reset() override {}
  void pretty_print(std::ostream& stream) const override;
  Tensor forward(const Tensor& input, Location where = Location::current());

  UnflattenOptions options;
};
WEFT_MODULE(Unflatten);

/// y = x1 W x2 + b for each output. weight (out, in1, in2), bias (out); both start uniform in
/// ±1 / sqrt(in1).
class BilinearImpl : public Cloneable<BilinearImpl> {
 public:
  BilinearImpl(int64_t in1_features, int64_t in2_features, int64_t out_features)
      : BilinearImpl(BilinearOptions(in1_features, in2_features, out_features)) {}
  explicit BilinearImpl(const BilinearOptions& options);
  void reset() override;
  void reset_parameters();
  void pretty_print(std::ostream& stream) const override;
  Tensor forward(const Tensor& input1, const Tensor& input2, Location where = Location::current());

  BilinearOptions options;
  Tensor weight, bias;
};
WEFT_MODULE(Bilinear);
}  // namespace nn
}  // namespace torch
