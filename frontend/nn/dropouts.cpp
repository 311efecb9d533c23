#include "frontend/nn/dropouts.h"

#include <cmath>
#include <vector>

#include "frontend/nn/composite.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
using nn::Composite;

namespace {
bool drops(const Tensor& x, double p, bool train) {
  TORCH_CHECK(p >= 0 && p <= 1, "dropout probability has to be between 0 and 1, but got ", p);
  return train && p != 0 && x.numel() != 0;
}

// Whether each element, or each channel, stays.
Tensor stays(const Tensor& x, double p, bool channels) {
  std::vector<int64_t> sizes = x.sizes().vec();
  if (channels) {
    TORCH_CHECK(x.dim() >= 2, "Feature dropout requires at least 2 dimensions in the input");
    for (size_t d = 2; d < sizes.size(); ++d) sizes[d] = 1;
  }
  return torch::rand(sizes, x.options().requires_grad(false)) < 1 - p;
}

// What x is multiplied by, and what is added then.
struct Change {
  Tensor factor, offset;
};
Change change(const Tensor& x, double p, bool channels, bool alpha) {
  const Tensor stay = stays(x, p, channels);
  // With p = 1 all are zero: the scale must not be 1 / 0.
  if (!alpha || p == 1) return {stay.to(x.scalar_type()) * (p == 1 ? 0.0 : 1 / (1 - p)), {}};
  constexpr double lowest = 1.7580993408473766;  // minus what selu tends to
  const double scale = 1 / std::sqrt((lowest * lowest * p + 1) * (1 - p));
  const Tensor kept = stay.to(x.scalar_type());
  return {kept * scale, (kept - 1) * (lowest * scale) + lowest * scale * p};
}

Tensor dropped(const Tensor& x, double p, bool train, bool channels, bool alpha) {
  if (!drops(x, p, train)) return x;
  const Change c = change(x, p, channels, alpha);
  const Tensor y = x * c.factor;
  return c.offset.defined() ? y + c.offset : y;
}
Tensor& dropped_in_place(const Tensor& self, double p, bool train, bool channels, bool alpha) {
  if (!drops(self, p, train)) return const_cast<Tensor&>(self);
  const Change c = change(self, p, channels, alpha);
  Tensor& y = self.mul_(c.factor);
  return c.offset.defined() ? y.add_(c.offset) : y;
}
}  // namespace

#define WEFT_DROPOUT(f, channels, alpha)                            \
  Tensor f(In input, double p, bool train) {                        \
    Composite composite(#f, nullptr, input.where);                  \
    return dropped(input, p, train, channels, alpha);               \
  }                                                                 \
  Tensor& f##_(In self, double p, bool train) {                     \
    Composite composite(#f "_", nullptr, self.where);               \
    return dropped_in_place(self, p, train, channels, alpha);       \
  }
WEFT_DROPOUT(dropout, false, false)
WEFT_DROPOUT(feature_dropout, true, false)
WEFT_DROPOUT(alpha_dropout, false, true)
WEFT_DROPOUT(feature_alpha_dropout, true, true)
#undef WEFT_DROPOUT
}  // namespace torch
