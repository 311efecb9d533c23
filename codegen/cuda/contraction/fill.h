/// Operands that are expressions, or lie badly, computed once into memory.
#pragma once
#include "codegen/cuda/contraction/plan.h"

namespace torch {
namespace codegen {
namespace cuda {

/// The same elements, dense in memory, neighbours being what `operand` reads as neighbours.
Operand dense(const Operand& operand);
int64_t dense_bytes(const Operand& operand);
/// A strided operand as an expression, to be filled so that neighbours lie along `contiguous`.
Operand relaid(const Operand& operand, int contiguous);
/// Fills a temporary with dense(operand).
Launch fill_launch(const Operand& operand, BufferUse::From from, unsigned temporary, bool is_wide);
}  // namespace cuda
}  // namespace codegen
}  // namespace torch
