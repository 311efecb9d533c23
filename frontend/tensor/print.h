/// Printing of tensors, in libtorch's format. Evaluates.
#pragma once
#include <iosfwd>
#include <string>

#include "frontend/tensor/tensor.h"

namespace torch {
/// Values row by row, matrices in columns that fit `linesize` characters, then type and sizes: "[
/// CPUFloatType{2,3} ]".
std::ostream& print(std::ostream& stream, In tensor, int64_t linesize);
/// To standard output.
void print(In tensor, int64_t linesize = 80);
std::ostream& operator<<(std::ostream& stream, In tensor);
/// As Python prints it: "tensor([[1., 2.], [3., 4.]], grad_fn=<AddBackward0>)"; of more than 1000
/// elements the first and last three along each dim.
std::string repr(In tensor);
}  // namespace torch
