/// DLPack: tensors to and from other libraries, without a copy. <dlpack/dlpack.h> has the structs.
#pragma once
#include "frontend/tensor/tensor.h"

struct DLManagedTensor;

namespace at {
/// A view of the tensor's memory with its strides, which holds the memory until its deleter is
/// called. Not of tensors that require a gradient.
DLManagedTensor* toDLPack(const torch::Tensor& tensor,
                          torch::Location where = torch::Location::current());
/// A tensor over memory of another library, which is let go of when the last tensor over it is. An
/// error leaves `managed` with the caller.
torch::Tensor fromDLPack(DLManagedTensor* managed,
                         torch::Location where = torch::Location::current());
}  // namespace at
