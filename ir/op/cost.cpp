#include "ir/op/cost.h"

namespace torch {
namespace op {
namespace {
#include "ir/op/costs.inc"
}  // namespace

bool is_costly(Op op) { return costly[static_cast<size_t>(op)]; }
}  // namespace op
}  // namespace torch
