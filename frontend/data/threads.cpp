#include "frontend/data/threads.h"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "frontend/data/pinning.h"
#include "frontend/record/eval.h"
#include "runtime/cuda/device.h"

namespace torch {
namespace data {

WorkerException::WorkerException(std::exception_ptr original)
    : original_exception(original),
      message_("Caught exception in DataLoader worker thread.") {
  try {
    std::rethrow_exception(original);
  } catch (const std::exception& e) {
    message_ += " Original message: ";
    message_ += e.what();
  } catch (...) {
  }
}

namespace detail {
struct Monitor::State {
  std::mutex mutex;
  std::condition_variable changed;
};
Monitor::Monitor() : state_(new State) {}
Monitor::~Monitor() = default;
void Monitor::lock() { state_->mutex.lock(); }
void Monitor::unlock() { state_->mutex.unlock(); }
void Monitor::notify_all() { state_->changed.notify_all(); }
bool Monitor::wait(const std::function<bool()>& ready,
                   std::optional<std::chrono::milliseconds> timeout) {
  std::unique_lock<std::mutex> held(state_->mutex, std::adopt_lock);
  bool came = true;
  if (timeout) came = state_->changed.wait_for(held, *timeout, ready);
  else state_->changed.wait(held, ready);
  held.release();
  return came;
}

struct Workers::State {
  std::vector<std::thread> threads;
};
Workers::Workers() : state_(new State) {}
Workers::~Workers() { join(); }
void Workers::start(std::function<void()> function) {
  state_->threads.emplace_back(std::move(function));
}
void Workers::join() {
  for (std::thread& thread : state_->threads) thread.join();
  state_->threads.clear();
}

void pin(Tensor& tensor) {
  const bool can = tensor.defined() && tensor.is_cpu() && runtime::cuda::device_count() > 0;
  if (can) tensor = tensor.pin_memory();
}

void evaluate_batch() { record::end_step("a data loader's batch", Location::none()); }
}  // namespace detail
}  // namespace data
}  // namespace torch
