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
