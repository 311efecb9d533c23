#include "frontend/nn/modules/dropout.h"

#include <ostream>

#include "frontend/nn/functional/dropout.h"

namespace torch {
namespace nn {
// `inplace` is that of the layer where its function has one.
#define WEFT_DROPOUT(Name, function, Options, in_place)                                         \
  Name##Impl::Name##Impl(const DropoutOptions& options_) : options(options_) {                  \
    Name##Impl::reset();                                                                        \
  }                                                                                             \
  void Name##Impl::reset() {                                                                    \
    TORCH_CHECK(options.p() >= 0. && options.p() <= 1.,                                         \
                "dropout probability has to be between 0 and 1, but got ", options.p());        \
  }                                                                                             \
  void Name##Impl::pretty_print(std::ostream& stream) const {                                   \
    stream << std::boolalpha << "torch::nn::" #Name "(p=" << options.p()                        \
           << ", inplace=" << options.inplace() << ")";                                         \
  }                                                                                             \
  Tensor Name##Impl::forward(Tensor input, Location where) {                                    \
    Forward forward(*this, where);                                                              \
    auto call = functional::Options().p(options.p()).training(is_training()).inplace(in_place); \
    return functional::function(std::move(input), call);                                        \
  }
WEFT_DROPOUT(Dropout, dropout, DropoutFuncOptions, options.inplace())
WEFT_DROPOUT(Dropout2d, dropout2d, Dropout2dFuncOptions, options.inplace())
WEFT_DROPOUT(Dropout3d, dropout3d, Dropout3dFuncOptions, options.inplace())
WEFT_DROPOUT(AlphaDropout, alpha_dropout, AlphaDropoutFuncOptions, false)
WEFT_DROPOUT(FeatureAlphaDropout, feature_alpha_dropout, FeatureAlphaDropoutFuncOptions, false)
#undef WEFT_DROPOUT
}  // namespace nn
}  // namespace torch
