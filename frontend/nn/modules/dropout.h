#pragma once
#include "frontend/nn/cloneable.h"
#include "frontend/nn/options/dropout.h"

namespace torch {
namespace nn {

// A layer that drops some of its input while training; see F::dropout and its siblings.
#define WEFT_DROPOUT(Name)                                              \
  class Name##Impl : public Cloneable<Name##Impl> {                     \
   public:                                                              \
    Name##Impl(double p) : Name##Impl(DropoutOptions(p)) {}             \
    explicit Name##Impl(const DropoutOptions& options = {});            \
    void reset() override;                                              \
    void pretty_print(std::ostream& stream) const override;             \
    Tensor forward(Tensor input, Location where = Location::current()); \
    DropoutOptions options;                                             \
  };                                                                    \
  WEFT_MODULE(Name)
WEFT_DROPOUT(Dropout);
WEFT_DROPOUT(Dropout2d);
WEFT_DROPOUT(Dropout3d);
WEFT_DROPOUT(AlphaDropout);
WEFT_DROPOUT(FeatureAlphaDropout);
#undef WEFT_DROPOUT
}  // namespace nn
}  // namespace torch
