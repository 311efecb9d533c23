#include "frontend/nn/utils/clip_grad.h"

#include <cmath>
#include <limits>

#include "frontend/autograd/grad_mode.h"
#include "frontend/record/scope.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
namespace nn {
namespace utils {
namespace {
std::vector<Tensor> gradients(const std::vector<Tensor>& parameters) {
  std::vector<Tensor> grads;
  for (const Tensor& parameter : parameters)
    if (parameter.grad().defined()) grads.push_back(parameter.grad().data());
  return grads;
}
// On the device of the first.
Tensor joined(std::vector<Tensor> norms) {
  if (norms.size() == 1) return norms[0];
  for (Tensor& norm : norms) norm = norm.to(norms[0].device(), norm.scalar_type(), true);
  return torch::stack(norms);
}
// A number where gradients are.
class Everywhere {
 public:
  explicit Everywhere(Tensor number) : copies_{std::move(number)} {}
  const Tensor& on(const Device& device) {
    for (const Tensor& copy : copies_)
      if (copy.device() == device) return copy;
    copies_.push_back(copies_[0].to(device, copies_[0].scalar_type(), true));
    return copies_.back();
  }

 private:
  std::vector<Tensor> copies_;
};
}  // namespace

TotalNorm::operator double() const {
  return norm_.defined() ? norm_.item<double>(where_) : value_;
}
Tensor TotalNorm::tensor() const {
  return norm_.defined() ? norm_ : torch::full({}, value_);
}

Tensor get_total_norm(const std::vector<Tensor>& tensors, double norm_type,
                      bool error_if_nonfinite, Location where) {
  record::Call call(where);
  NoGradGuard no_grad;
  if (tensors.empty()) return torch::full({}, 0.0);
  std::vector<Tensor> norms;
  Tensor total;
  if (norm_type == std::numeric_limits<double>::infinity()) {
    for (const Tensor& t : tensors) norms.push_back(t.abs().max());
    total = joined(norms).max();
  } else if (norm_type == 0) {
    total = torch::full({}, static_cast<double>(tensors.size()));
  } else {
    for (const Tensor& t : tensors) norms.push_back(t.norm(norm_type));
    total = norms.size() == 1 ? norms[0] : joined(norms).norm(norm_type);
  }
  if (error_if_nonfinite)
    TORCH_CHECK(std::isfinite(total.item<double>(where)), "The total norm of order ", norm_type,
                " for gradients from `parameters` is non-finite, so it cannot be clipped. To "
                "disable this error and scale the gradients with the non-finite norm anyway, set "
                "`error_if_nonfinite=false`");
  return total;
}

void clip_grads_with_norm_(const std::vector<Tensor>& parameters, double max_norm,
                           const Tensor& total_norm, Location where) {
  record::Call call(where);
  NoGradGuard no_grad;
  Everywhere factor((max_norm / (total_norm + 1e-6)).clamp_max(1.0));
  for (Tensor& grad : gradients(parameters)) grad.mul_(factor.on(grad.device()));
}

TotalNorm clip_grad_norm_(const std::vector<Tensor>& parameters, double max_norm, double norm_type,
                          bool error_if_nonfinite, Location where) {
  const std::vector<Tensor> grads = gradients(parameters);
  if (grads.empty()) return 0.0;
  const Tensor total = get_total_norm(grads, norm_type, error_if_nonfinite, where);
  clip_grads_with_norm_(parameters, max_norm, total, where);
  return TotalNorm(total, where);
}
TotalNorm clip_grad_norm_(std::initializer_list<Tensor> parameters, double max_norm,
                          double norm_type, bool error_if_nonfinite, Location where) {
  return clip_grad_norm_(std::vector<Tensor>(parameters), max_norm, norm_type, error_if_nonfinite,
                         where);
}
TotalNorm clip_grad_norm_(Tensor parameter, double max_norm, double norm_type,
                          bool error_if_nonfinite, Location where) {
  return clip_grad_norm_(std::vector<Tensor>{std::move(parameter)}, max_norm, norm_type,
                         error_if_nonfinite, where);
}

void clip_grad_value_(const std::vector<Tensor>& parameters, double clip_value, Location where) {
  record::Call call(where);
  NoGradGuard no_grad;
  for (Tensor& grad : gradients(parameters)) grad.clamp_(Scalar(-clip_value), Scalar(clip_value));
}
void clip_grad_value_(std::initializer_list<Tensor> parameters, double clip_value,
                      Location where) {
  clip_grad_value_(std::vector<Tensor>(parameters), clip_value, where);
}
void clip_grad_value_(Tensor parameter, double clip_value, Location where) {
  clip_grad_value_(std::vector<Tensor>{std::move(parameter)}, clip_value, where);
}
}  // namespace utils
}  // namespace nn
}  // namespace torch
