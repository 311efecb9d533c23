#include "frontend/nn/dropout.h"

#include <cmath>

#include "frontend/nn/composite.h"
#include "frontend/nn/functions.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
using nn::Composite;
namespace {
// Of `x` becomes `x * scale + shift`.
struct Noise {
  Tensor scale, shift;  // shift: undefined for none
};

bool drops(const Tensor& x, double p, bool train) {
  TORCH_CHECK(p >= 0 && p <= 1, "dropout probability has to be between 0 and 1, but got ", p);
  return train && p != 0 && x.numel() != 0;
}

// Ones for what is kept, zeros for what is dropped; a number a channel if `feature`.
Tensor kept(const Tensor& x, double p, bool feature) {
  if (!feature) return (torch::rand_like(x) < 1 - p).to(x.scalar_type());
  TORCH_CHECK(x.dim() >= 2, "Feature dropout requires at least 2 dimensions in the input");
  std::vector<int64_t> sizes(static_cast<size_t>(x.dim()), 1);
  sizes[0] = x.size(0);
  sizes[1] = x.size(1);
  return (torch::rand(sizes, x.options().requires_grad(false)) < 1 - p).to(x.scalar_type());
}

Noise noise(const Tensor& x, double p, bool feature, bool alpha) {
  const Tensor mask = kept(x, p, feature);
  if (!alpha) return {mask * (1 / (1 - p)), Tensor()};
  const double limit = 1.7580993408473766;  // a SELU is not below minus this
  const double a = 1 / std::sqrt((limit * limit * p + 1) * (1 - p));
  return {mask * a, (mask - 1) * (limit * a) + limit * a * p};
}

Tensor dropped(const char* name, In input, double p, bool train, bool feature, bool alpha) {
  Composite composite(name, nullptr, input.where);
  const Tensor& x = input;
  if (!drops(x, p, train)) return x;
  if (p == 1) return x * torch::zeros({}, x.options().requires_grad(false));
  const Noise n = noise(x, p, feature, alpha);
  return n.shift.defined() ? x * n.scale + n.shift : x * n.scale;
}
Tensor& drop(const char* name, Tensor& self, double p, bool train, bool feature, bool alpha) {
  Composite composite(name, nullptr, Location::current());
  if (!drops(self, p, train)) return self;
  if (p == 1) return self.mul_(torch::zeros({}, self.options().requires_grad(false)));
  const Noise n = noise(self, p, feature, alpha);
  self.mul_(n.scale);
  return n.shift.defined() ? self.add_(n.shift) : self;
}
}  // namespace

#define WEFT_DROPOUT(f, feature, alpha)                  \
  Tensor f(In input, double p, bool train) {             \
    return dropped(#f, input, p, train, feature, alpha); \
  }                                                      \
  Tensor& f##_(Tensor& self, double p, bool train) {     \
    return drop(#f "_", self, p, train, feature, alpha); \
  }
WEFT_DROPOUT(dropout, false, false)
WEFT_DROPOUT(feature_dropout, true, false)
WEFT_DROPOUT(alpha_dropout, false, true)
WEFT_DROPOUT(feature_alpha_dropout, true, true)
#undef WEFT_DROPOUT
}  // namespace torch
