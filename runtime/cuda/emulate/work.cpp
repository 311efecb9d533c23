// What streams have to do, and when it is done: at once; or as late, or as early, as events between
// streams allow, so that who does not wait for what it needs is found out.
#include <chrono>
#include <cstdlib>

#include "runtime/cuda/emulate/driver_state.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace emulate {
namespace {

enum class When : uint8_t { at_once, late, others_first };
/// WEFT_EMULATE_STREAMS=0|1|2.
When when() {
  static const When wanted = [] {
    const char* text = std::getenv("WEFT_EMULATE_STREAMS");
    return !text || !*text || *text == '0' ? When::at_once
           : *text == '1'                  ? When::late
                                           : When::others_first;
  }();
  return wanted;
}

int64_t now() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

/// Calls of the driver's inside of a task are parts of it.
class Running {
 public:
  Running() : before_(state().running) { state().running = true; }
  ~Running() { state().running = before_; }
  Running(const Running&) = delete;

 private:
  const bool before_;
};

CUresult run(const Task& task) {
  if (task.waits_for)
    if (CUresult failed = catch_up(*task.waits_for)) return failed;
  if (task.work) {
    const Running running;
    const Access access;
    if (CUresult failed = task.work()) return failed;
  }
  if (task.records) {
    task.records->over = true;
    task.records->ns = now();
  }
  return CUDA_SUCCESS;
}

CUresult put(CUstream stream, Task task) {
  State& s = state();
  if (s.lost) return s.lost;
  if (!s.streams.count(stream)) return CUDA_ERROR_INVALID_HANDLE;
  if (s.running || when() == When::at_once) return run(task);
  stream->tasks.push_back(std::move(task));
  return when() == When::others_first && !stream->first ? catch_up(stream) : CUDA_SUCCESS;
}
}  // namespace

CUresult enqueue(CUstream stream, std::function<CUresult()> work) {
  if (state().streams.count(stream) && stream->capturing) return capture(stream, std::move(work));
  return put(stream, {std::move(work), nullptr, nullptr});
}
CUresult enqueue_wait(CUstream stream, std::shared_ptr<Moment> moment) {
  return put(stream, {nullptr, std::move(moment), nullptr});
}
CUresult enqueue_record(CUstream stream, std::shared_ptr<Moment> moment) {
  moment->stream = stream;
  return put(stream, {nullptr, nullptr, std::move(moment)});
}

CUresult catch_up(CUstream stream, const Moment* moment) {
  while (!(moment && moment->over) && catch_up_once(stream)) {
  }
  return state().lost;
}
bool catch_up_once(CUstream stream) {
  if (stream->tasks.empty()) return false;
  const Task task = std::move(stream->tasks.front());
  stream->tasks.pop_front();
  const CUresult failed = run(task);
  if (failed && !state().lost) state().lost = failed;
  return true;
}
CUresult catch_up(const Moment& moment) {
  return moment.over ? state().lost : catch_up(moment.stream, &moment);
}
CUresult catch_up() {
  for (CUstream stream : state().streams) catch_up(stream);
  return state().lost;
}
}  // namespace emulate
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
