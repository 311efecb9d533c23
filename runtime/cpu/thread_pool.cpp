#include "runtime/cpu/thread_pool.h"

#include <pthread.h>
#include <signal.h>

#include <algorithm>
#include <mutex>

#include "runtime/cpu/cores.h"
#include "runtime/cpu/job.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace runtime {
namespace {

thread_local bool inside = false;

class Pool {
 public:
  /// Never destroyed: workers may outlive the static objects of the process.
  static Pool& get() {
    static Pool* pool = new Pool();
    return *pool;
  }
  int threads() const {
    int wanted = knobs().threads;
    return wanted ? wanted : cores_;
  }
  void run(int64_t tasks, int64_t grain, Job::Body body, void* argument, int threads);

 private:
  static constexpr int kJobs = 8;   // calls at once that get help; more run alone
  Pool() : cores_(available_cores()) { pthread_atfork(nullptr, nullptr, forked); }

  void resize(int threads);
  void announce(int workers);
  void serve(int worker);
  static void* thread_main(void* argument);
  static void forked();
  /// Launches of one step follow each other within microseconds; spinning would only take a core
  /// away from somebody where there are more threads than cores.
  int spin_microseconds(int threads) const { return threads <= cores_ ? 50 : 0; }

  const int cores_;
  Job jobs_[kJobs];
  alignas(64) std::atomic<uint32_t> announced_{0};  // grows with every job
  std::atomic<int> sleepers_{0};
  // workers with a smaller number serve, the others are parked
  alignas(64) std::atomic<uint32_t> active_{0};
  std::mutex resizing_;
  int started_ = 0;
};

void Pool::run(int64_t tasks, int64_t grain, Job::Body body, void* argument, int threads) {
  if (active_.load(std::memory_order_acquire) != static_cast<uint32_t>(threads - 1))
    resize(threads);
  for (Job& job : jobs_) {
    if (!job.claim()) continue;
    int ranges = static_cast<int>(
        std::min<int64_t>({threads, (tasks + grain - 1) / grain, kMaxRanges}));
    job.open(body, argument, tasks, grain, ranges);
    announce(ranges - 1);
    inside = true;
    job.work(0);
    inside = false;
    job.close(spin_microseconds(threads));
    return;
  }
  body(argument, 0, tasks);
}

void Pool::announce(int workers) {
  announced_.fetch_add(1, std::memory_order_seq_cst);
  if (sleepers_.load(std::memory_order_seq_cst) > 0) futex_wake(announced_, workers);
}

void Pool::serve(int worker) {
  inside = true;
  uint32_t seen = announced_.load(std::memory_order_acquire) - 1;
  for (;;) {
    uint32_t active = active_.load(std::memory_order_acquire);
    if (static_cast<uint32_t>(worker) >= active) {
      futex_wait(active_, active);
      continue;
    }
    uint32_t now = announced_.load(std::memory_order_seq_cst);
    if (now != seen) {
      seen = now;
      for (Job& job : jobs_)
        if (job.enter()) {
          job.work(worker + 1);
          job.leave();
        }
      continue;
    }
    auto news = [&] { return announced_.load(std::memory_order_acquire) != seen; };
    if (spin_until(news, spin_microseconds(static_cast<int>(active) + 1))) continue;
    sleepers_.fetch_add(1, std::memory_order_seq_cst);
    futex_wait(announced_, seen);
    sleepers_.fetch_sub(1, std::memory_order_relaxed);
  }
}

struct Start {
  Pool* pool;
  int worker;
};

void* Pool::thread_main(void* argument) {
  Start start = *static_cast<Start*>(argument);
  delete static_cast<Start*>(argument);
  start.pool->serve(start.worker);
  return nullptr;
}

void Pool::resize(int threads) {
  std::lock_guard<std::mutex> lock(resizing_);
  // Signals of the program are for its own threads.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  for (; started_ < threads - 1; ++started_) {
    auto* start = new Start{this, started_};
    pthread_t thread;
    if (pthread_create(&thread, nullptr, thread_main, start) != 0) {
      delete start;  // the system is out of threads: go on with those that there are
      break;
    }
    pthread_detach(thread);
    std::string name = "weft-" + std::to_string(started_ + 1);
    pthread_setname_np(thread, name.c_str());
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  active_.store(static_cast<uint32_t>(threads - 1), std::memory_order_release);
  futex_wake(active_);
  // Those who sleep on announced_ shall see that they are parked.
  announced_.fetch_add(1, std::memory_order_seq_cst);
  futex_wake(announced_);
}

/// Of the pool, a forked child has the memory and no thread: it starts anew.
void Pool::forked() {
  Pool& pool = get();
  new (&pool.resizing_) std::mutex();
  for (Job& job : pool.jobs_) job.reset();
  pool.sleepers_.store(0);
  pool.active_.store(0);
  pool.started_ = 0;
}
}  // namespace

int num_threads() { return Pool::get().threads(); }

void set_num_threads(int threads) {
  Knobs changed = knobs();
  changed.threads = threads;
  set_knobs(changed);
}

bool in_parallel_region() { return inside; }

void parallel_for(int64_t tasks, int64_t grain, Job::Body body, void* argument) {
  if (tasks <= 0) return;
  grain = std::max<int64_t>(grain, 1);
  if (tasks <= grain || inside) return body(argument, 0, tasks);
  Pool& pool = Pool::get();
  int threads = pool.threads();
  if (threads == 1) return body(argument, 0, tasks);
  pool.run(tasks, grain, body, argument, threads);
}
}  // namespace runtime
}  // namespace torch
