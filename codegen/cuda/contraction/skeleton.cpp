#include "codegen/cuda/contraction/skeleton.h"

namespace torch {
namespace codegen {
namespace cuda {
namespace skeleton {
#include "codegen/cuda/contraction/texts.h"
}  // namespace skeleton
}  // namespace cuda
}  // namespace codegen
}  // namespace torch
