#include "runtime/cuda/prelude/prelude.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {
#include "runtime/cuda/prelude/texts.h"
}  // namespace

std::string_view prelude_cuda() { return {kCuda, sizeof kCuda - 1}; }
std::string_view prelude_emulated() { return {kEmulated, sizeof kEmulated - 1}; }
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
