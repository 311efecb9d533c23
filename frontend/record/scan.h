/// A loop over the steps of tensors, recorded as one op (`weft.scan`): however many steps there
/// are, its body is recorded, differentiated and compiled once. Comes in: where the states start,
/// the tensors (T, ...) whose slices the steps read, what one step does. Goes out: the last states
/// and, with the steps in front, what every step gave.
///
/// The body is called once, with tensors that stand for any step's: they have sizes and dtype, no
/// values (asking for one is an error). It may read any other tensor. What does not depend on the
/// step is computed once, before the loop; numbers are run-time inputs as everywhere, positions
/// (integers) are part of the body.
#pragma once
#include <functional>
#include <vector>

#include "frontend/tensor/tensor.h"

namespace torch {
namespace record {

/// Of a step: the next states and what it gives. Of the loop: the last states, and that of all
/// steps.
struct Scanned {
  std::vector<Tensor> states, outputs;
};
using ScanBody =
    std::function<Scanned(const std::vector<Tensor>& states, const std::vector<Tensor>& slices)>;

/// `initial` and the next states have equal sizes and dtypes; `stacked` has a tensor, and all of
/// them as many steps. `reverse` goes from the last step to the first.
Scanned scan(const std::vector<Tensor>& initial, const std::vector<Tensor>& stacked, bool reverse,
             const ScanBody& body);
}  // namespace record
}  // namespace torch
