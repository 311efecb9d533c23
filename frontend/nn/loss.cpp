// Losses of classes.
#include <vector>

#include "frontend/nn/composite.h"
#include "frontend/nn/losses.h"
#include "frontend/nn/reduced.h"
#include "frontend/tensor/casting.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/requirement.h"

namespace torch {
using nn::Composite;
using nn::given;
using nn::reduced;

namespace {
int64_t class_dim(const Tensor& x) { return x.dim() == 1 ? 0 : 1; }

// One factor a class so that it broadcasts along the class dim of x.
Tensor along_classes(const Tensor& weight, const Tensor& x) {
  std::vector<int64_t> shape(static_cast<size_t>(x.dim()), 1);
  shape[static_cast<size_t>(class_dim(x))] = weight.numel();
  return weight.reshape(shape);
}

void check_batch(const Tensor& x, const Tensor& target) {
  TORCH_CHECK_VALUE(x.dim() >= 1, "Expected 1 or more dimensions (got ", x.dim(), ")");
  TORCH_CHECK_VALUE(x.dim() == 1 || (target.dim() >= 1 && x.size(0) == target.size(0)),
                    "Expected input batch_size (", x.size(0), ") to match target batch_size (",
                    target.dim() ? target.size(0) : 0, ").");
}

void check_nll(const Tensor& x, const Tensor& target, const std::optional<Tensor>& weight) {
  TORCH_CHECK(x.dim() >= 1, "input tensor should be 1D or 2D, or have classes in dim 1, got ",
              x.sizes());
  if (x.dim() == 1) {
    TORCH_CHECK(target.dim() <= 1 && target.numel() == 1, "size mismatch (got input: ", x.sizes(),
                ", target: ", target.sizes(), ")");
  } else {
    std::vector<int64_t> expected = x.sizes().vec();
    expected.erase(expected.begin() + 1);
    TORCH_CHECK(x.dim() > 2 || target.dim() == 1,
                "0D or 1D target tensor expected, multi-target not supported (got sizes ",
                target.sizes(), ")");
    TORCH_CHECK(x.dim() > 2 || target.sizes() == expected, "size mismatch (got input: ", x.sizes(),
                ", target: ", target.sizes(), ")");
    TORCH_CHECK(target.sizes() == expected, "Expected target size ", IntArrayRef(expected),
                ", got ", target.sizes());
  }
  const int64_t classes = x.size(class_dim(x));
  TORCH_CHECK(!given(weight) || (weight->dim() == 1 && weight->numel() == classes),
              "weight tensor should be defined either for all ", classes,
              " classes or no classes but got weight tensor of shape: ",
              given(weight) ? weight->sizes() : IntArrayRef());
  TORCH_CHECK(target.scalar_type() == kLong || target.scalar_type() == kByte,
              "expected target dtype to be Long or Byte, but got ", target.scalar_type());
}

// What nll_loss and smoothed cross entropy share: which targets count, and each one's class and
// weight.
struct Targets {
  Targets(const Tensor& x, const Tensor& target, const std::optional<Tensor>& weight,
          int64_t ignore_index) {
    Tensor t = x.dim() == 1 ? target.reshape({}) : target;
    const double number = static_cast<double>(x.size(class_dim(x)));
    const detail::Range range{0, number, op::Requirement::target_class};
    detail::check_known(t, range, ignore_index);
    counts = t != ignore_index;
    classes = torch::where(counts, t, torch::zeros_like(t)).to(kLong);
    factor = counts.to(x.scalar_type());
    if (given(weight))
      factor = factor * weight->index_select(0, classes.reshape({-1})).reshape(classes.sizes());
  }
  Tensor counts, classes;
  Tensor factor;  // 0 for a target that takes no part, else 1 or the weight of its class
};
}  // namespace

Tensor nll_loss(In self, const Tensor& target, const std::optional<Tensor>& weight,
                int64_t reduction, int64_t ignore_index) {
  if (const Autocast cast(casts::nll_loss, {self, target, weight}); cast.on())
    return nll_loss(In(cast[0], self.where), cast[1], cast[2], reduction, ignore_index);
  const record::IndexErrors errors(op::Requirement::target_class);
  Composite composite("nll_loss", self->dim() < 3 ? "NllLossBackward0" : "NllLoss2DBackward0",
                      self.where);
  const Tensor& x = self;
  check_nll(x, target, weight);
  nn::check_floating(x, x.dim() < 3 ? "nll_loss_out_frame" : "nll_loss2d_forward_out_frame");
  Targets targets(x, target, weight, ignore_index);
  const int64_t dim = class_dim(x);
  Tensor picked = x.gather(dim, targets.classes.unsqueeze(dim)).squeeze(dim);
  // Chosen, not multiplied by 0: an ignored element may be infinite.
  Tensor loss = torch::where(targets.counts, -picked * targets.factor, torch::zeros_like(picked));
  if (reduction == at::Reduction::Mean) return loss.sum() / targets.factor.sum();
  return reduced(loss, reduction);
}
Tensor nll_loss2d(In self, const Tensor& target, const std::optional<Tensor>& weight,
                  int64_t reduction, int64_t ignore_index) {
  return nll_loss(self, target, weight, reduction, ignore_index);
}
Tensor nll_loss_nd(In self, const Tensor& target, const std::optional<Tensor>& weight,
                   int64_t reduction, int64_t ignore_index) {
  Composite composite("nll_loss", nullptr, self.where);
  check_batch(self, target);
  return nll_loss(self, target, weight, reduction, ignore_index);
}

namespace {
Tensor cross_entropy_with_probabilities(const Tensor& x, const Tensor& target_,
                                        const std::optional<Tensor>& weight, int64_t reduction,
                                        double smoothing) {
  const int64_t dim = class_dim(x), classes = x.size(dim);
  TORCH_CHECK(!given(weight) || (weight->dim() == 1 && weight->numel() == classes),
              "cross_entropy: weight tensor should be defined either for all ", classes,
              " classes or no classes but got weight tensor of shape: ",
              given(weight) ? weight->sizes() : IntArrayRef());
  Tensor target = smoothing > 0
                      ? target_ * (1 - smoothing) + smoothing / static_cast<double>(classes)
                      : target_;
  Tensor terms = x.log_softmax(dim) * target;
  if (given(weight)) terms = terms * along_classes(*weight, x);
  if (reduction == at::Reduction::None) return -terms.sum(dim);
  if (reduction == at::Reduction::Sum) return -terms.sum();
  return -terms.sum() / (static_cast<double>(x.numel()) / static_cast<double>(classes));
}

Tensor smoothed_cross_entropy(const Tensor& x, const Tensor& target,
                              const std::optional<Tensor>& weight, int64_t reduction,
                              int64_t ignore_index, double smoothing) {
  const record::IndexErrors errors(op::Requirement::target_class);
  const int64_t dim = class_dim(x);
  Tensor logits = x.log_softmax(dim);
  Tensor nll = nll_loss(logits, target, weight, reduction, ignore_index);
  Targets targets(x, target, weight, ignore_index);
  Tensor uniform =
      given(weight) ? -(logits * along_classes(*weight, x)).sum(dim) : -logits.sum(dim);
  uniform = torch::where(targets.counts, uniform, torch::zeros_like(uniform));
  Tensor smooth = reduction == at::Reduction::None ? uniform : uniform.sum();
  if (reduction == at::Reduction::Mean) smooth = smooth / targets.factor.sum();
  return nll * (1 - smoothing) + smooth * (smoothing / static_cast<double>(x.size(dim)));
}
}  // namespace

Tensor cross_entropy_loss(In self, const Tensor& target, const std::optional<Tensor>& weight,
                          int64_t reduction, int64_t ignore_index, double label_smoothing) {
  if (const Autocast cast(casts::cross_entropy_loss, {self, target, weight}); cast.on())
    return cross_entropy_loss(In(cast[0], self.where), cast[1], cast[2], reduction, ignore_index,
                              label_smoothing);
  Composite composite("cross_entropy_loss", nullptr, self.where);
  const Tensor& x = self;
  TORCH_CHECK(label_smoothing <= 1.0,
              "label_smoothing must be between 0.0 and 1.0. Got: ", label_smoothing);
  if (x.sizes() == target.sizes()) {
    TORCH_CHECK(isFloatingType(target.scalar_type()),
                "Expected floating point type for target with class probabilities, got ",
                target.scalar_type());
    TORCH_CHECK(ignore_index < 0, "ignore_index is not supported for floating point target (got ",
                ignore_index, ")");
    return cross_entropy_with_probabilities(x, target, weight, reduction, label_smoothing);
  }
  check_batch(x, target);
  check_nll(x, target, weight);
  if (label_smoothing > 0)
    return smoothed_cross_entropy(x, target, weight, reduction, ignore_index, label_smoothing);
  return nll_loss(x.log_softmax(class_dim(x)), target, weight, reduction, ignore_index);
}
}  // namespace torch
