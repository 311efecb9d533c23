#pragma once
#include "frontend/nn/cloneable.h"
#include "frontend/nn/options/padding.h"

namespace torch {
namespace nn {

// A layer that pads by copies of its input; see F::pad.
#define WEFT_PAD(Name, D)                                                                         \
  class Name##D##dImpl : public Cloneable<Name##D##dImpl> {                                       \
   public:                                                                                        \
    Name##D##dImpl(ExpandingArray<D * 2> padding) : Name##D##dImpl(Name##D##dOptions(padding)) {} \
    explicit Name##D##dImpl(const Name##D##dOptions& options_) : options(options_) {}             \
    void reset() override {}                                                                      \
    void pretty_print(std::ostream& stream) const override;                                       \
    Tensor forward(const Tensor& input, Location where = Location::current());                    \
    Name##D##dOptions options;                                                                    \
  };                                                                                              \
  WEFT_MODULE(Name##D##d)
#define WEFT_PADS(Name) \
  WEFT_PAD(Name, 1);    \
  WEFT_PAD(Name, 2);    \
  WEFT_PAD(Name, 3)
WEFT_PADS(ReflectionPad);
WEFT_PADS(ReplicationPad);
WEFT_PADS(ZeroPad);
#undef WEFT_PADS
#undef WEFT_PAD

#define WEFT_PAD(D)                                                            \
  /** Pads with a number. */                                                   \
  class ConstantPad##D##dImpl : public Cloneable<ConstantPad##D##dImpl> {      \
   public:                                                                     \
    ConstantPad##D##dImpl(ExpandingArray<D * 2> padding, double value)         \
        : ConstantPad##D##dImpl(ConstantPad##D##dOptions(padding, value)) {}   \
    explicit ConstantPad##D##dImpl(const ConstantPad##D##dOptions& options_)   \
        : options(options_) {}                                                 \
    void reset() override {}                                                   \
    void pretty_print(std::ostream& stream) const override;                    \
    Tensor forward(const Tensor& input, Location where = Location::current()); \
    ConstantPad##D##dOptions options;                                          \
  };                                                                           \
  WEFT_MODULE(ConstantPad##D##d)
WEFT_PAD(1);
WEFT_PAD(2);
WEFT_PAD(3);
#undef WEFT_PAD
}  // namespace nn
}  // namespace torch
