/// What data loaders share: workers that load batches ahead, and iterators over what they load.
#pragma once
#include <variant>

#include "frontend/data/iterator.h"
#include "frontend/data/options.h"
#include "frontend/data/pinning.h"
#include "frontend/data/queue.h"

namespace torch {
namespace data {

/// A loader over `Dataset`, whose batches are `Batch`es and are asked for by `BatchRequest`s.
template <typename Dataset, typename Batch, typename BatchRequest> class DataLoaderBase {
 public:
  using BatchType = Batch;
  using BatchRequestType = BatchRequest;

  explicit DataLoaderBase(DataLoaderOptions options, std::unique_ptr<Dataset> dataset = nullptr)
      : options_(std::move(options)), dataset_(std::move(dataset)), sequencer_(new_sequencer()) {}
  virtual ~DataLoaderBase() { join(); }
  DataLoaderBase(const DataLoaderBase&) = delete;
  DataLoaderBase& operator=(const DataLoaderBase&) = delete;

  /// Starts an epoch. One at a time, where workers load.
  Iterator<Batch> begin(Location where = Location::current()) {
    WEFT_CHECK_AT(where, shuttle_.in_flight_jobs() == 0,
                  "Attempted to get a new DataLoader iterator "
                  "while another iterator is not yet exhausted");
    reset();
    return Iterator<Batch>(
        std::make_unique<detail::LoadingIterator<Batch>>([this] { return next(); }));
  }
  Iterator<Batch> end() {
    return Iterator<Batch>(std::make_unique<detail::EndIterator<Batch>>(), true);
  }
  /// Ends the workers. The loader is of no use afterwards.
  void join() {
    if (joined_) return;
    shuttle_.drain();
    for (size_t w = 0; w < options_.workers; ++w) shuttle_.push_job(Job());
    workers_.join();
    joined_ = true;
  }
  const FullDataLoaderOptions& options() const noexcept { return options_; }

 protected:
  struct QuitWorker {};
  struct Job {
    size_t sequence_number = 0;
    std::variant<QuitWorker, BatchRequest> request;
  };
  struct Result {
    size_t sequence_number;
    std::optional<Batch> batch;
    std::exception_ptr exception;
  };

  /// None at the end of an epoch.
  virtual std::optional<BatchRequest> get_batch_request() = 0;
  /// Begins a new epoch.
  virtual void reset() {
    shuttle_.drain();
    sequence_number_ = 0;
    sequencer_ = new_sequencer();
    prefetch(options_.max_jobs);
  }
  /// What a worker does, until it is told to quit.
  void work(Dataset& dataset) {
    for (;;) {
      Job job = shuttle_.pop_job();
      BatchRequest* request = std::get_if<BatchRequest>(&job.request);
      if (!request) return;
      Result result = {job.sequence_number, std::nullopt, nullptr};
      try {
        result.batch = dataset.get_batch(std::move(*request));
        detail::evaluate_batch();
        if (options_.pin_memory) detail::pin(result.batch);
      } catch (...) {
        result.batch.reset();
        result.exception = std::current_exception();
      }
      shuttle_.push_result(std::move(result));
    }
  }

  const FullDataLoaderOptions options_;
  /// The caller's, or the one that all workers share.
  std::unique_ptr<Dataset> dataset_;
  detail::Workers workers_;

 private:
  void prefetch(size_t jobs) {
    for (size_t i = 0; i < jobs; ++i) {
      std::optional<BatchRequest> request = get_batch_request();
      if (!request) return;
      shuttle_.push_job({sequence_number_++, std::move(*request)});
    }
  }
  std::optional<Batch> next() {
    if (options_.workers == 0) {
      std::optional<BatchRequest> request = get_batch_request();
      if (!request) return std::nullopt;
      std::optional<Batch> batch = dataset_->get_batch(std::move(*request));
      if (options_.pin_memory) detail::pin(batch);
      return batch;
    }
    // A result without a batch: a stateful dataset has none left.
    while (std::optional<Result> result = next_result()) {
      if (result->exception) throw WorkerException(result->exception);
      if (!result->batch) continue;
      prefetch(1);
      return std::move(result->batch);
    }
    return std::nullopt;
  }
  std::optional<Result> next_result() {
    return sequencer_->next([this] { return shuttle_.pop_result(options_.timeout); });
  }
  std::unique_ptr<detail::sequencers::Sequencer<Result>> new_sequencer() {
    using namespace detail::sequencers;
    if (options_.enforce_ordering && options_.workers > 0)
      return std::make_unique<OrderedSequencer<Result>>(std::max<size_t>(1, options_.max_jobs));
    return std::make_unique<NoSequencer<Result>>();
  }

  detail::DataShuttle<Job, Result> shuttle_;
  size_t sequence_number_ = 0;
  std::unique_ptr<detail::sequencers::Sequencer<Result>> sequencer_;
  bool joined_ = false;
};
}  // namespace data
}  // namespace torch
