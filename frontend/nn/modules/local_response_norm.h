#pragma once
#include "frontend/nn/cloneable.h"
#include "frontend/nn/options/normalize.h"

namespace torch {
namespace nn {
/// Each channel over a power of the mean square of the channels around it.
class LocalResponseNormImpl : public Cloneable<LocalResponseNormImpl> {
 public:
  LocalResponseNormImpl(int64_t size) : LocalResponseNormImpl(LocalResponseNormOptions(size)) {}
  explicit LocalResponseNormImpl(const LocalResponseNormOptions& options_);
  void reset() override {}
  void pretty_print(std::ostream& stream) const override;
  Tensor forward(const Tensor& input, Location where = Location::current());
  LocalResponseNormOptions options;
};
TORCH_MODULE(LocalResponseNorm);
}  // namespace nn
}  // namespace torch
