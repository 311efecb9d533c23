#include "frontend/torch/cuda.h"

#include "frontend/tensor/factories.h"

namespace torch {
namespace cuda {
size_t device_count() { return 0; }
bool is_available() { return device_count() > 0; }
bool cudnn_is_available() { return false; }
void manual_seed(uint64_t seed) { torch::manual_seed(seed); }
void manual_seed_all(uint64_t seed) { torch::manual_seed(seed); }
void synchronize(int64_t device_index) {
  TORCH_CHECK(device_count() > 0, "No CUDA GPUs are available (asked to synchronize device ",
              device_index, ")");
}
}  // namespace cuda
}  // namespace torch
