#include "frontend/nn/modules/dropout.h"

#include <ostream>

#include "frontend/nn/functional/dropout.h"

namespace torch {
namespace nn {
#define WEFT_DROPOUT(Name, Input, function, in_place)                          \
  void Name##Impl::pretty_print(std::ostream& stream) const {                  \
    stream << std::boolalpha << "torch::nn::" #Name "(p=" << options.p()       \
           << ", inplace=" << options.inplace() << ")";                        \
  }                                                                            \
  Tensor Name##Impl::forward(Input input, Location where) {                    \
    Forward forward(*this, where);                                             \
    const auto call = functional::Name##FuncOptions()                          \
                          .p(options.p())                                      \
                          .training(this->is_training())                       \
                          .inplace(in_place);                                  \
    return functional::function(input, call);                                  \
  }
WEFT_DROPOUT(Dropout, Tensor, dropout, options.inplace())
WEFT_DROPOUT(Dropout2d, Tensor, dropout2d, options.inplace())
WEFT_DROPOUT(Dropout3d, Tensor, dropout3d, options.inplace())
// As libtorch's, these never are.
WEFT_DROPOUT(AlphaDropout, const Tensor&, alpha_dropout, false)
WEFT_DROPOUT(FeatureAlphaDropout, const Tensor&, feature_alpha_dropout, false)
#undef WEFT_DROPOUT
}  // namespace nn
}  // namespace torch
