#include "frontend/nn/modules/upsampling.h"

#include <ostream>

#include "frontend/nn/functional/upsampling.h"

namespace torch {
namespace nn {

UpsampleImpl::UpsampleImpl(UpsampleOptions options_) : options(std::move(options_)) {}
void UpsampleImpl::pretty_print(std::ostream& stream) const {
  stream << "torch::nn::Upsample(";
  if (options.scale_factor())
    stream << "scale_factor=" << c10::ArrayRef<double>(*options.scale_factor());
  else if (options.size()) stream << "size=" << IntArrayRef(*options.size());
  stream << ", mode=" << enumtype::get_enum_name(options.mode()) << ")";
}
Tensor UpsampleImpl::forward(const Tensor& input, Location where) {
  Forward forward(*this, where);
  auto call = functional::InterpolateFuncOptions()
                  .size(options.size())
                  .scale_factor(options.scale_factor())
                  .align_corners(options.align_corners());
  std::visit([&](auto mode) { call.mode(mode); }, options.mode());
  return functional::interpolate(input, call);
}
}  // namespace nn
}  // namespace torch
