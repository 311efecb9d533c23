#pragma once
#include "frontend/nn/cloneable.h"
#include "frontend/nn/options/upsampling.h"

namespace torch {
namespace nn {

/// Images at another resolution; see F::interpolate.
class UpsampleImpl : public Cloneable<UpsampleImpl> {
 public:
  explicit UpsampleImpl(UpsampleOptions options = {});
  void reset() override {}
  void pretty_print(std::ostream& stream) const override;
  Tensor forward(const Tensor& input, Location where = Location::current());

  UpsampleOptions options;
};
WEFT_MODULE(Upsample);
}  // namespace nn
}  // namespace torch
