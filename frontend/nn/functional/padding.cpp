#include "frontend/nn/functional/padding.h"

#include "frontend/nn/padding.h"

namespace torch {
namespace nn {
namespace functional {
Tensor pad(const Tensor& input, const PadFuncOptions& options, Location where) {
  using Mode = at::padding_mode;
  Mode mode = Mode::constant;
  if (std::get_if<enumtype::kReflect>(&options.mode())) mode = Mode::reflect;
  if (std::get_if<enumtype::kReplicate>(&options.mode())) mode = Mode::replicate;
  if (std::get_if<enumtype::kCircular>(&options.mode())) mode = Mode::circular;
  return torch::_pad_enum(In(input, where), options.pad(), static_cast<int64_t>(mode),
                          options.value());
}
}  // namespace functional
}  // namespace nn
}  // namespace torch
