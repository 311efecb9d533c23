/// Forcing values.
#pragma once
#include "frontend/tensor/tensor.h"

namespace torch {
/// Evaluates these tensors, with everything else of this thread that is pending and alive.
void eval(TensorListIn tensors);
template <class... More> void eval(In first, const More&... more) {
  const Tensor list[] = {first.tensor, Tensor(more)...};
  eval(TensorListIn(TensorList(list, 1 + sizeof...(more)), first.where));
}
namespace record {
/// Ends a step: evaluates all that is pending and alive of this thread as one executable. `what` goes into the ledger
/// ("optimizer.step()").
void end_step(const char* what, Location where);
}  // namespace record
}  // namespace torch
