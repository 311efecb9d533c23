/// Queues between the loading threads and the program, and the order in which results leave them.
#pragma once
#include <deque>
#include <vector>

#include "frontend/data/threads.h"

namespace torch {
namespace data {
namespace detail {

/// First in, first out, between threads.
template <typename T> class Queue {
 public:
  void push(T value) {
    {
      Monitor::Lock lock(monitor_);
      values_.push_back(std::move(value));
    }
    monitor_.notify_all();
  }
  /// Waits for a value; an error after `timeout` without one.
  T pop(std::optional<std::chrono::milliseconds> timeout = std::nullopt) {
    Monitor::Lock lock(monitor_);
    const bool came = lock.wait([this] { return !values_.empty(); }, timeout);
    WEFT_CHECK_AT(Location::none(), came,
                  "Timeout in DataLoader queue while waiting for next batch (timeout was ",
                  timeout->count(), " ms)");
    T value = std::move(values_.front());
    values_.pop_front();
    return value;
  }
  /// Drops all values; how many there were.
  size_t clear() {
    Monitor::Lock lock(monitor_);
    const size_t size = values_.size();
    values_.clear();
    return size;
  }

 private:
  Monitor monitor_;
  std::deque<T> values_;
};

/// Jobs to the workers, their results back. All but pop_job and push_result are the program's
/// thread's.
template <typename Job, typename Result> class DataShuttle {
 public:
  void push_job(Job job) {
    jobs_.push(std::move(job));
    ++in_flight_;
  }
  void push_result(Result result) { results_.push(std::move(result)); }
  Job pop_job() { return jobs_.pop(); }
  /// None when no job is on its way.
  std::optional<Result> pop_result(
      std::optional<std::chrono::milliseconds> timeout = std::nullopt) {
    if (in_flight_ == 0) return std::nullopt;
    std::optional<Result> result(results_.pop(timeout));
    --in_flight_;
    return result;
  }
  /// Drops the jobs that no worker has begun, and the results of the others.
  void drain() {
    in_flight_ -= jobs_.clear();
    while (in_flight_ > 0) pop_result();
  }
  size_t in_flight_jobs() const noexcept { return in_flight_; }

 private:
  Queue<Job> jobs_;
  Queue<Result> results_;
  size_t in_flight_ = 0;
};

namespace sequencers {
/// Which of the results that arrive is next.
template <typename Result> struct Sequencer {
  using ResultProducer = std::function<std::optional<Result>()>;
  virtual ~Sequencer() = default;
  virtual std::optional<Result> next(ResultProducer next_result) = 0;
};
/// The first that comes.
template <typename Result> struct NoSequencer final : Sequencer<Result> {
  using typename Sequencer<Result>::ResultProducer;
  std::optional<Result> next(ResultProducer next_result) override { return next_result(); }
};
/// The one with the next `sequence_number`; up to `max_jobs` early ones wait.
template <typename Result> struct OrderedSequencer : Sequencer<Result> {
  using typename Sequencer<Result>::ResultProducer;
  explicit OrderedSequencer(size_t max_jobs) : buffer_(max_jobs) {}
  std::optional<Result> next(ResultProducer next_result) override {
    std::optional<Result>& waiting = place(next_sequence_number_);
    while (!waiting) {
      std::optional<Result> result = next_result();
      if (!result) break;  // none is on its way
      const size_t number = result->sequence_number;
      place(number) = std::move(result);
    }
    std::optional<Result> result = std::move(waiting);
    waiting.reset();
    ++next_sequence_number_;
    return result;
  }
  std::optional<Result>& place(size_t number) { return buffer_[number % buffer_.size()]; }

  size_t next_sequence_number_ = 0;
  std::vector<std::optional<Result>> buffer_;
};
}  // namespace sequencers
}  // namespace detail
}  // namespace data
}  // namespace torch
