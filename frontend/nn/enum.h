/// The named choices of options: torch::kMean, torch::kReflect, ...; each of its own type, so that
/// a std::variant of some of them says what an option takes.
#pragma once
#include <string>
#include <variant>

#include "frontend/tensor/error.h"
#include "frontend/nn/reduction.h"

#define WEFT_ENUMS(X)                                                                             \
  X(Linear)                                                                                       \
  X(Conv1D)                                                                                       \
  X(Conv2D) X(Conv3D) X(ConvTranspose1D) X(ConvTranspose2D) X(ConvTranspose3D) X(Sigmoid) X(Tanh) \
      X(ReLU) X(GELU) X(SiLU) X(Mish) X(LeakyReLU) X(FanIn) X(FanOut) X(Constant) X(Reflect)      \
          X(Replicate) X(Circular) X(Nearest) X(Bilinear) X(Bicubic) X(Trilinear) X(Area)         \
              X(NearestExact) X(Sum) X(Mean) X(Max) X(None) X(BatchMean) X(Zeros) X(Border)       \
                  X(Reflection) X(RNN_TANH) X(RNN_RELU) X(LSTM) X(GRU) X(Valid) X(Same)

namespace torch {
namespace enumtype {
#define WEFT_ENUM(name)    \
  struct k##name {         \
    constexpr k##name() {} \
  };
WEFT_ENUMS(WEFT_ENUM)
#undef WEFT_ENUM

struct _compute_enum_name {
#define WEFT_ENUM(name) \
  std::string operator()(const k##name&) const { return "k" #name; }
  WEFT_ENUMS(WEFT_ENUM)
#undef WEFT_ENUM
};

/// "kMean".
template <typename V> std::string get_enum_name(const V& variant_enum) {
  return std::visit(_compute_enum_name{}, variant_enum);
}

/// The at::Reduction of a variant of kNone, kMean, kSum.
template <typename V> at::Reduction::Reduction reduction_get_enum(const V& variant_enum) {
  if (std::get_if<kNone>(&variant_enum)) return at::Reduction::None;
  if (std::get_if<kMean>(&variant_enum)) return at::Reduction::Mean;
  if (std::get_if<kSum>(&variant_enum)) return at::Reduction::Sum;
  WEFT_FAIL_AT(Location::none(), get_enum_name(variant_enum),
               " is not a valid value for reduction");
}
}  // namespace enumtype

#define WEFT_ENUM(name) inline constexpr enumtype::k##name k##name;
WEFT_ENUMS(WEFT_ENUM)
#undef WEFT_ENUM
}  // namespace torch

// An options struct that is one such choice takes the name itself: `F::l1_loss(x, y, torch::kSum)`.
#define TORCH_OPTIONS_CTOR_VARIANT_ARG3(OPTIONS, ARG, T1, T2, T3) \
  OPTIONS() {}                                                    \
  OPTIONS(torch::enumtype::T1 ARG) : ARG##_(ARG) {}               \
  OPTIONS(torch::enumtype::T2 ARG) : ARG##_(ARG) {}               \
  OPTIONS(torch::enumtype::T3 ARG) : ARG##_(ARG) {}
#define TORCH_OPTIONS_CTOR_VARIANT_ARG4(OPTIONS, ARG, T1, T2, T3, T4) \
  TORCH_OPTIONS_CTOR_VARIANT_ARG3(OPTIONS, ARG, T1, T2, T3)           \
  OPTIONS(torch::enumtype::T4 ARG) : ARG##_(ARG) {}
