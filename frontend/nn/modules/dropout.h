#pragma once
#include "frontend/nn/cloneable.h"
#include "frontend/nn/options/dropout.h"

namespace torch {
namespace nn {
namespace detail {
/// What dropout layers share: the options, whose p is checked.
template <typename Derived>
class _DropoutNd : public Cloneable<Derived> {
 public:
  _DropoutNd(double p) : _DropoutNd(DropoutOptions().p(p)) {}
  explicit _DropoutNd(const DropoutOptions& options_ = {}) : options(options_) {
    _DropoutNd::reset();
  }
  void reset() override {
    TORCH_CHECK(options.p() >= 0. && options.p() <= 1.,
                "dropout probability has to be between 0 and 1, but got ", options.p());
  }
  DropoutOptions options;
};
}  // namespace detail

#define WEFT_DROPOUT(Name, Input)                                       \
  class Name##Impl : public detail::_DropoutNd<Name##Impl> {            \
   public:                                                              \
    using detail::_DropoutNd<Name##Impl>::_DropoutNd;                   \
    Tensor forward(Input input, Location where = Location::current());  \
    void pretty_print(std::ostream& stream) const override;             \
  };                                                                    \
  TORCH_MODULE(Name)
/// While training, zeroes elements at random and scales the rest.
WEFT_DROPOUT(Dropout, Tensor);
/// The same to whole channels of images.
WEFT_DROPOUT(Dropout2d, Tensor);
/// The same to whole channels of volumes.
WEFT_DROPOUT(Dropout3d, Tensor);
/// Dropout for selu: mean and variance stay.
WEFT_DROPOUT(AlphaDropout, const Tensor&);
WEFT_DROPOUT(FeatureAlphaDropout, const Tensor&);
#undef WEFT_DROPOUT
}  // namespace nn
}  // namespace torch
