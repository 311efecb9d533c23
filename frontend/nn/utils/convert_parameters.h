/// Many parameters as one vector.
#pragma once
#include <vector>

#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {
namespace utils {

/// All elements, one tensor after the other.
Tensor parameters_to_vector(const std::vector<Tensor>& parameters, WEFT_WHERE);
/// Makes the parameters views of the vector's parts.
void vector_to_parameters(const Tensor& vec, const std::vector<Tensor>& parameters, WEFT_WHERE);
}  // namespace utils
}  // namespace nn
}  // namespace torch
