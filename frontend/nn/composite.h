/// What the library's composite functions open: their ops belong to the caller's line, and to the
/// function's name where no module stands around it.
#pragma once
#include <optional>

#include "frontend/record/scope.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {

class Composite {
 public:
  /// `grad_name` is what autograd calls the whole, as libtorch does ("GeluBackward0"); null: its
  /// ops by their names.
  Composite(const char* name, const char* grad_name, Location where)
      : composite_(where, grad_name),
        scope_(record::surroundings().scope ? nullptr : record::intern(name)) {}

 private:
  record::Composite composite_;
  record::Scope scope_;
};

/// f16 and bf16 as f32: such a composite rounds once, at its end (narrowed).
inline Tensor widened(const Tensor& x) { return x.to(op::computed_in(x.scalar_type())); }
inline Tensor narrowed(const Tensor& y, const Tensor& x) { return y.to(x.scalar_type()); }

/// Whether an optional argument holds a tensor: absent and undefined mean the same.
inline bool given(const std::optional<Tensor>& tensor) { return tensor && tensor->defined(); }
}  // namespace nn
}  // namespace torch
