/// What the files about views share. A view shares its tensor's memory; which are legal, and with what strides, is as in torch.
#pragma once
#include "frontend/tensor/compute_inside.h"

namespace torch {
/// The tensor, which has to be defined.
inline const record::TensorImpl& of(const Tensor& t, const How& how) {
  require(t, how);
  return *record::impl(t);
}
}  // namespace torch
