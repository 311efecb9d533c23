/// What the library's composite functions share.
#pragma once
#include <optional>

#include "frontend/record/scope.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {

using record::Composite;

/// f16 and bf16 as f32: such a composite rounds once, at its end (narrowed).
inline Tensor widened(const Tensor& x) { return x.to(op::computed_in(x.scalar_type())); }
inline Tensor narrowed(const Tensor& y, const Tensor& x) { return y.to(x.scalar_type()); }
template <class Function> Tensor rounded_once(const Tensor& x, Function function) {
  return narrowed(function(widened(x)), x);
}

/// Whether an optional argument holds a tensor: absent and undefined mean the same.
inline bool given(const std::optional<Tensor>& tensor) { return tensor && tensor->defined(); }

/// The in-place form of a function: as torch's nodes do, its gradient keeps the old value of what
/// is written to, so that it may not be changed elsewhere but here.
template <class Function>
Tensor& in_place(const Tensor& self, Function function) {
  return self.copy_(function(self.clone()));
}

/// Refuses what is not floating, in libtorch's words: `kernel` is its name of the kernel that it
/// lacks.
inline void check_floating(const Tensor& x, const char* kernel) {
  TORCH_CHECK_NOT_IMPLEMENTED(isFloatingType(x.scalar_type()), "\"", kernel,
                              "\" not implemented for '", c10::toString(x.scalar_type()), "'");
}
}  // namespace nn
}  // namespace torch
