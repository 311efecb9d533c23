/// Gradients kept small. All is recorded: a training step that clips is still one executable.
#pragma once
#include <initializer_list>
#include <vector>

#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {
namespace utils {

/// A norm that becomes a double when somebody looks at it; that evaluates it.
class TotalNorm {
 public:
  TotalNorm(double value) : value_(value) {}
  TotalNorm(Tensor norm, Location where) : norm_(std::move(norm)), where_(where) {}
  operator double() const;
  /// The same as a 0-dim tensor, without evaluation.
  Tensor tensor() const;

 private:
  double value_ = 0;
  Tensor norm_;
  Location where_ = Location::none();
};

/// The norm of the norms of the tensors, a 0-dim tensor on the device of the first. `norm_type` may be infinite. With
/// `error_if_nonfinite` evaluates, and throws where it is infinite or nan.
Tensor get_total_norm(const std::vector<Tensor>& tensors, double norm_type = 2.0,
                      bool error_if_nonfinite = false, WEFT_WHERE);
/// Scales the gradients in place by max_norm / (total_norm + 1e-6), where that is less than 1.
void clip_grads_with_norm_(const std::vector<Tensor>& parameters, double max_norm,
                           const Tensor& total_norm, WEFT_WHERE);
/// Both: scales the gradients so that their norm together is at most `max_norm`; gives the norm that
/// they had.
TotalNorm clip_grad_norm_(const std::vector<Tensor>& parameters, double max_norm,
                          double norm_type = 2.0, bool error_if_nonfinite = false, WEFT_WHERE);
TotalNorm clip_grad_norm_(std::initializer_list<Tensor> parameters, double max_norm,
                          double norm_type = 2.0, bool error_if_nonfinite = false, WEFT_WHERE);
TotalNorm clip_grad_norm_(Tensor parameter, double max_norm, double norm_type = 2.0,
                          bool error_if_nonfinite = false, WEFT_WHERE);

/// Brings every element of the gradients between -clip_value and clip_value, in place.
void clip_grad_value_(const std::vector<Tensor>& parameters, double clip_value, WEFT_WHERE);
void clip_grad_value_(std::initializer_list<Tensor> parameters, double clip_value, WEFT_WHERE);
void clip_grad_value_(Tensor parameter, double clip_value, WEFT_WHERE);
}  // namespace utils
}  // namespace nn
}  // namespace torch
