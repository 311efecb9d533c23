/// What the library's composite functions share.
#pragma once
#include <optional>

#include "frontend/record/scope.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {

using record::Composite;

/// Whether an optional argument holds a tensor: absent and undefined mean the same.
inline bool given(const std::optional<Tensor>& tensor) { return tensor && tensor->defined(); }
}  // namespace nn
}  // namespace torch
