/// GPUs.
#pragma once
#include <cstddef>
#include <cstdint>

namespace torch {
namespace cuda {
/// The number of GPUs that tensors can be moved to.
size_t device_count();
bool is_available();
bool cudnn_is_available();
/// Seeds the random numbers of the current GPU, of all: the one counter-based sequence of
/// manual_seed.
void manual_seed(uint64_t seed);
void manual_seed_all(uint64_t seed);
/// Waits for all that was launched.
void synchronize(int64_t device_index = -1);
}  // namespace cuda
}  // namespace torch
