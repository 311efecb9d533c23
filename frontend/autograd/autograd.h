/// Gradients. `backward` records one op, `weft.grad`; the autodiff pass expands it when something
/// is evaluated. Hooks and functions of the program's own cut it into several.
#pragma once
#include "frontend/autograd/anomaly_mode.h"
#include "frontend/autograd/function.h"
#include "frontend/autograd/grad_mode.h"
#include "frontend/autograd/node.h"
#include "frontend/autograd/variable.h"
#include "frontend/autograd/view_meta.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace autograd {
/// Adds the gradients of `tensors` (weighted by `grad_tensors`; ones for one-element tensors) to
/// the `grad()` of the leaves, or of `inputs`. `retain_graph` (as create_graph unless said) keeps
/// what a second call needs.
void backward(const variable_list& tensors, const variable_list& grad_tensors = {},
              optional<bool> retain_graph = nullopt, bool create_graph = false,
              const variable_list& inputs = {}, Location where = Location::current());
/// The gradients of `outputs` with respect to `inputs`, in their order. An input that the outputs
/// do not depend on is an error, or with `allow_unused` an undefined tensor.
variable_list grad(const variable_list& outputs, const variable_list& inputs,
                   const variable_list& grad_outputs = {}, optional<bool> retain_graph = nullopt,
                   bool create_graph = false, bool allow_unused = false,
                   Location where = Location::current());
}  // namespace autograd
}  // namespace torch
