/// How a data loader works.
#pragma once
#include <chrono>
#include <optional>

#include "frontend/tensor/arg.h"

namespace torch {
namespace data {
struct DataLoaderOptions {
  DataLoaderOptions() = default;
  DataLoaderOptions(size_t batch_size) : batch_size_(batch_size) {}
  /// Examples in a batch.
  TORCH_ARG(size_t, batch_size) = 1;
  /// Threads that load; 0: the caller loads.
  TORCH_ARG(size_t, workers) = 0;
  /// Batches on their way at most; twice the workers unless said.
  TORCH_ARG(std::optional<size_t>, max_jobs);
  /// How long to wait for a batch; forever unless said.
  TORCH_ARG(std::optional<std::chrono::milliseconds>, timeout);
  /// Whether batches come in the order of the sampler, whichever worker is first.
  TORCH_ARG(bool, enforce_ordering) = true;
  /// Whether a last batch that is not full is left out.
  TORCH_ARG(bool, drop_last) = false;
  /// Whether the tensors of a batch are in pinned memory, from which they go to a GPU while the program
  /// goes on (`batch.data.to(device, dtype, /*non_blocking=*/true)`). Without a GPU they are as others.
  TORCH_ARG(bool, pin_memory) = false;
};

/// The same with everything decided.
struct FullDataLoaderOptions {
  explicit FullDataLoaderOptions(DataLoaderOptions options)
      : batch_size(options.batch_size()),
        workers(options.workers()),
        max_jobs(options.max_jobs().value_or(2 * workers)),
        timeout(options.timeout()),
        enforce_ordering(options.enforce_ordering()),
        drop_last(options.drop_last()),
        pin_memory(options.pin_memory()) {}
  size_t batch_size, workers, max_jobs;
  std::optional<std::chrono::milliseconds> timeout;
  bool enforce_ordering, drop_last, pin_memory;
};
}  // namespace data
}  // namespace torch
