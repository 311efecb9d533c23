/// How a view came to be, under the names by which libtorch's programs ask for it. These classes are
/// faces of one object, what Tensor::unsafeGetTensorImpl() points to; they hold nothing.
#pragma once
#include <cstdint>

#include "frontend/tensor/tensor_base.h"

namespace torch {
namespace autograd {
/// How a view came to be; some may not be written to in place with grad.
enum class CreationMeta : uint8_t {
  DEFAULT,             // with grad
  IN_CUSTOM_FUNCTION,  // by a user's autograd::Function
  MULTI_OUTPUT_NODE,   // one of several, as by split or unbind
  NO_GRAD_MODE,
  INFERENCE_MODE
};

/// What autograd knows of a tensor; of a view, a DifferentiableViewMeta.
class AutogradMeta {
 protected:
  AutogradMeta() = default;
};
class DifferentiableViewMeta : public AutogradMeta {
 public:
  /// Whether the tensor is a view that gradients may pass.
  bool has_bw_view() const;
  CreationMeta get_creation_meta() const;
};
}  // namespace autograd
}  // namespace torch

namespace c10 {
class TensorImpl {
 public:
  /// Null for what is neither a view nor part of autograd.
  torch::autograd::AutogradMeta* autograd_meta();

 private:
  TensorImpl() = delete;
};
}  // namespace c10
