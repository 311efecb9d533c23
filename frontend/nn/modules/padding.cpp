#include "frontend/nn/modules/padding.h"

#include <ostream>

#include "frontend/nn/functional/padding.h"

namespace torch {
namespace nn {
namespace {
template <typename Array, typename Mode>
Tensor padded(const Module& module, const Tensor& input, const Array& padding, Mode mode,
              double value, Location where) {
  Forward forward(module, where);
  const IntArrayRef list = padding;
  return functional::pad(input, functional::PadFuncOptions(list.vec()).mode(mode).value(value));
}
}  // namespace

#define WEFT_PAD(Name, mode, D)                                                \
  void Name##D##dImpl::pretty_print(std::ostream& stream) const {              \
    stream << "torch::nn::" #Name #D "d(padding=" << options.padding() << ")"; \
  }                                                                            \
  Tensor Name##D##dImpl::forward(const Tensor& input, Location where) {        \
    return padded(*this, input, options.padding(), mode, 0, where);            \
  }
#define WEFT_PADS(Name, mode) \
  WEFT_PAD(Name, mode, 1)     \
  WEFT_PAD(Name, mode, 2)     \
  WEFT_PAD(Name, mode, 3)
WEFT_PADS(ReflectionPad, torch::kReflect)
WEFT_PADS(ReplicationPad, torch::kReplicate)
WEFT_PADS(ZeroPad, torch::kConstant)
#undef WEFT_PADS
#undef WEFT_PAD

#define WEFT_PAD(D)                                                                           \
  void ConstantPad##D##dImpl::pretty_print(std::ostream& stream) const {                      \
    stream << "torch::nn::ConstantPad" #D "d(padding=" << options.padding()                   \
           << ", value=" << options.value() << ")";                                           \
  }                                                                                           \
  Tensor ConstantPad##D##dImpl::forward(const Tensor& input, Location where) {                \
    return padded(*this, input, options.padding(), torch::kConstant, options.value(), where); \
  }
WEFT_PAD(1)
WEFT_PAD(2)
WEFT_PAD(3)
#undef WEFT_PAD
}  // namespace nn
}  // namespace torch
