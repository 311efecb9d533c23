/// Transforms of an example's data, whatever its target is.
#pragma once
#include "frontend/data/example.h"
#include "frontend/data/transforms/lambda.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"

namespace torch {
namespace data {
namespace transforms {
template <typename Target = Tensor>
class TensorTransform : public Transform<Example<Tensor, Target>, Example<Tensor, Target>> {
 public:
  using E = Example<Tensor, Target>;
  virtual Tensor operator()(Tensor input) = 0;
  E apply(E input) override {
    input.data = (*this)(std::move(input.data));
    return input;
  }
};

template <typename Target = Tensor> class TensorLambda : public TensorTransform<Target> {
 public:
  using FunctionType = std::function<Tensor(Tensor)>;
  explicit TensorLambda(FunctionType function) : function_(std::move(function)) {}
  Tensor operator()(Tensor input) override { return function_(std::move(input)); }

 private:
  FunctionType function_;
};

/// (x - mean) / stddev, one number for all or one a channel; x is (H, W) or (C, H, W).
template <typename Target = Tensor> struct Normalize : public TensorTransform<Target> {
  Normalize(ArrayRef<double> mean, ArrayRef<double> stddev)
      : mean(a_channel(mean)), stddev(a_channel(stddev)) {}
  Tensor operator()(Tensor input) override { return input.sub(mean).div(stddev); }

  Tensor mean, stddev;

 private:
  static Tensor a_channel(ArrayRef<double> values) {
    return torch::tensor(values, torch::kFloat).unsqueeze(1).unsqueeze(2);
  }
};
}  // namespace transforms
}  // namespace data
}  // namespace torch
