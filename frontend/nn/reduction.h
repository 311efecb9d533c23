#pragma once

namespace at {
namespace Reduction {
/// What a loss does with its elements.
enum Reduction { None, Mean, Sum, END };
}  // namespace Reduction
}  // namespace at
namespace torch {
namespace Reduction = at::Reduction;
}  // namespace torch
