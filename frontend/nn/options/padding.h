#pragma once
#include <variant>
#include <vector>

#include "frontend/tensor/arg.h"
#include "frontend/nn/enum.h"
#include "frontend/nn/expanding_array.h"

namespace torch {
namespace nn {

// Padding is (low, high) a dim, the last dim first: `ReflectionPad2d(1)`,
// `ZeroPad2dOptions({1, 1, 2, 0})`.
#define WEFT_PAD_OPTIONS(Name)                                                     \
  template <size_t D> struct Name##Options {                                       \
    Name##Options(ExpandingArray<D * 2> padding) : padding_(std::move(padding)) {} \
    TORCH_ARG(ExpandingArray<D * 2>, padding);                                     \
  };                                                                               \
  using Name##1dOptions = Name##Options<1>;                                        \
  using Name##2dOptions = Name##Options<2>;                                        \
  using Name##3dOptions = Name##Options<3>;
WEFT_PAD_OPTIONS(ReflectionPad)
WEFT_PAD_OPTIONS(ReplicationPad)
WEFT_PAD_OPTIONS(ZeroPad)
#undef WEFT_PAD_OPTIONS

/// `ConstantPad2d({1, 1, 2, 0}, 3.5)`.
template <size_t D> struct ConstantPadOptions {
  ConstantPadOptions(ExpandingArray<D * 2> padding, double value)
      : padding_(std::move(padding)), value_(value) {}
  TORCH_ARG(ExpandingArray<D * 2>, padding);
  TORCH_ARG(double, value);
};
using ConstantPad1dOptions = ConstantPadOptions<1>;
using ConstantPad2dOptions = ConstantPadOptions<2>;
using ConstantPad3dOptions = ConstantPadOptions<3>;

namespace functional {
/// `F::pad(x, F::PadFuncOptions({1, 2, 2, 1}).mode(torch::kReplicate))`.
struct PadFuncOptions {
  using mode_t = std::variant<enumtype::kConstant, enumtype::kReflect, enumtype::kReplicate,
                              enumtype::kCircular>;
  PadFuncOptions(std::vector<int64_t> pad) : pad_(std::move(pad)) {}
  TORCH_ARG(std::vector<int64_t>, pad);
  TORCH_ARG(mode_t, mode) = torch::kConstant;
  TORCH_ARG(double, value) = 0;
};
}  // namespace functional
}  // namespace nn
}  // namespace torch
