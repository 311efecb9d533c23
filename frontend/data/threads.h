/// What loading needs of threads, with the standard's heavy headers left out of programs.
#pragma once
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>

#include "frontend/tensor/error.h"

namespace torch {
namespace data {
/// What an example's loading threw in another thread.
class WorkerException : public std::exception {
 public:
  explicit WorkerException(std::exception_ptr original);
  const char* what() const noexcept override { return message_.c_str(); }
  std::exception_ptr original_exception;

 private:
  std::string message_;
};

namespace detail {
/// A mutex and its condition variable.
class Monitor {
 public:
  Monitor();
  ~Monitor();
  Monitor(const Monitor&) = delete;
  Monitor& operator=(const Monitor&) = delete;
  class Lock {
   public:
    explicit Lock(Monitor& monitor) : monitor_(monitor) { monitor_.lock(); }
    ~Lock() { monitor_.unlock(); }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    /// Until `ready()`; false after `timeout` without it.
    bool wait(const std::function<bool()>& ready,
              std::optional<std::chrono::milliseconds> timeout = std::nullopt) {
      return monitor_.wait(ready, timeout);
    }

   private:
    Monitor& monitor_;
  };
  void notify_all();

 private:
  struct State;
  void lock();
  void unlock();
  bool wait(const std::function<bool()>& ready, std::optional<std::chrono::milliseconds> timeout);
  std::unique_ptr<State> state_;
};

/// Threads that run until their functions return. join() waits for that; so does the destructor.
class Workers {
 public:
  Workers();
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;
  void start(std::function<void()> function);
  void join();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Evaluates what this thread has recorded: a batch leaves its worker with its values.
void evaluate_batch();
}  // namespace detail
}  // namespace data
}  // namespace torch
