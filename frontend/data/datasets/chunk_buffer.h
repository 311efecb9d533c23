/// Examples on their way from threads that read chunks to one that takes batches.
#pragma once
#include <deque>
#include <iterator>
#include <variant>

#include "frontend/data/threads.h"

namespace torch {
namespace data {
namespace datasets {
namespace detail {

template <typename Chunk, typename ExampleSampler> class ChunkBuffer {
 public:
  using Example = typename Chunk::value_type;
  ChunkBuffer(size_t batch_size, size_t cache_size, size_t writers, ExampleSampler& sampler)
      : batch_size_(batch_size), cache_size_(cache_size), writers_(writers), sampler_(sampler) {}

  /// False when nothing more is wanted.
  bool wait_for_room() {
    Lock lock(monitor_);
    lock.wait([this] { return closed_ || entries_.size() < cache_size_; });
    return !closed_;
  }
  /// The examples of a chunk, in the order of the sampler.
  void add(Chunk chunk) {
    {
      Lock lock(monitor_);
      sampler_.reset(chunk.size());
      while (const auto indices = sampler_.next(batch_size_))
        for (const size_t i : *indices) entries_.emplace_back(std::move(chunk[i]));
    }
    monitor_.notify_all();
  }
  void add(std::exception_ptr exception) {
    {
      Lock lock(monitor_);
      entries_.emplace_back(std::move(exception));
    }
    monitor_.notify_all();
  }
  void one_finished() {
    {
      Lock lock(monitor_);
      --writers_;
    }
    monitor_.notify_all();
  }
  void close() {
    {
      Lock lock(monitor_);
      closed_ = true;
    }
    monitor_.notify_all();
  }
  /// Waits for a batch; a smaller one at the end, then none. Throws what reading a chunk threw.
  std::optional<Chunk> get_batch() {
    std::optional<Chunk> batch;
    {
      Lock lock(monitor_);
      lock.wait([this] { return writers_ == 0 || entries_.size() >= batch_size_ || failed(); });
      batch = take();
    }
    monitor_.notify_all();
    return batch;
  }

 private:
  using Lock = data::detail::Monitor::Lock;
  using Entry = std::variant<Example, std::exception_ptr>;
  bool failed() const {
    return !entries_.empty() && std::holds_alternative<std::exception_ptr>(entries_.front());
  }
  std::optional<Chunk> take() {
    if (entries_.empty()) return std::nullopt;
    Chunk batch;
    for (; batch.size() < batch_size_ && !entries_.empty(); entries_.pop_front()) {
      if (Example* example = std::get_if<Example>(&entries_.front())) {
        batch.push_back(std::move(*example));
        continue;
      }
      if (!batch.empty()) break;  // what came before it first
      const std::exception_ptr exception = std::get<std::exception_ptr>(entries_.front());
      entries_.pop_front();
      throw WorkerException(exception);
    }
    return batch;
  }

  data::detail::Monitor monitor_;
  std::deque<Entry> entries_;
  const size_t batch_size_, cache_size_;
  size_t writers_;
  ExampleSampler& sampler_;
  bool closed_ = false;
};
}  // namespace detail
}  // namespace datasets
}  // namespace data
}  // namespace torch
