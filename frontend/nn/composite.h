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

/// Whether an optional argument holds a tensor: absent and undefined mean the same.
inline bool given(const std::optional<Tensor>& tensor) { return tensor && tensor->defined(); }
}  // namespace nn
}  // namespace torch
