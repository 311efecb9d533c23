#include "frontend/torch/utils.h"

#include <stdexcept>

#include "frontend/tensor/error.h"
#include "runtime/cpu/thread_pool.h"

namespace torch {
void set_num_threads(int threads) {
  TORCH_CHECK(threads > 0, "Expected positive number of threads, got ", threads);
  try {
    runtime::set_num_threads(threads);
  } catch (const std::invalid_argument& e) {
    throw c10::ValueError(e.what(), Location::none());
  }
}
int get_num_threads() { return runtime::num_threads(); }
void set_num_interop_threads(int threads) {
  TORCH_CHECK(threads > 0, "Expected positive number of threads, got ", threads);
}
int get_num_interop_threads() { return 1; }
}  // namespace torch
