/// The one thread pool of the process: tasks of a launch go in, the call returns when all are done.
/// The calling thread works along; calls from within a task run inline, so nothing in the pool ever
/// waits for it; several threads may call at once. Every thread begins with the same share of the
/// tasks each time (its caches still hold what it touched in the launch before) and then helps the
/// others.
#pragma once
#include <cstdint>
#include <type_traits>

namespace torch {
namespace runtime {

/// Threads that compute, the caller among them: knobs().threads, or the cores of the machine.
int num_threads();
/// Sets knobs().threads; 0 for the default. May be called at any time.
void set_num_threads(int threads);
/// Whether this thread is inside a task.
bool in_parallel_region();

/// Calls `body(argument, begin, end)` for ranges that cover [0, tasks), each at most `grain` long
/// unless everything runs inline. Rethrows the first exception of a task; the others are then
/// skipped.
void parallel_for(int64_t tasks, int64_t grain,
                  void (*body)(void* argument, int64_t begin, int64_t end), void* argument);

/// The same for any callable `f(begin, end)`.
template <class F> void parallel(int64_t tasks, int64_t grain, F&& f) {
  using Callable = typename std::remove_reference<F>::type;
  parallel_for(
      tasks, grain,
      [](void* argument, int64_t begin, int64_t end) {
        (*static_cast<Callable*>(argument))(begin, end);
      },
      const_cast<void*>(static_cast<const void*>(&f)));
}
}  // namespace runtime
}  // namespace torch
