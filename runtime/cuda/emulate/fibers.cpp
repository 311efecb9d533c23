#include "runtime/cuda/emulate/fibers.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include "runtime/cpu/thread_pool.h"
#include "runtime/cuda/emulate/stacks.h"
#include "runtime/cuda/emulate/state.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace emulate {
namespace {

struct Problem {
  std::atomic<bool> any{false};
  std::mutex mutex;
  std::string message;
  void note(std::string text) {
    std::lock_guard<std::mutex> lock(mutex);
    if (!any.exchange(true)) message = std::move(text);
  }
};

struct Kernel {
  Entry entry;
  int64_t blocks;
  unsigned threads;
  size_t shared_bytes;
  void** arguments;
  Order order;
};

// The blocks of one OS thread, one after the other.
class Team {
 public:
  static Team& mine() {
    static thread_local Team team;
    return team;
  }
  void run(const Kernel& kernel, int64_t block, Problem& problem);

 private:
  static void begin();
  static void wait(weft_thread_state* t, const unsigned long long* awaited,
                   unsigned long long target);
  static void fail(weft_thread_state* t, const char* what, int line);
  void prepare(int64_t block);
  unsigned place(unsigned slot) const;
  weft_thread_state* next(const weft_thread_state* after);
  weft_thread_state* next(unsigned first, unsigned count, unsigned after);
  void enter(weft_thread_state* t, void*& save);
  std::string stuck() const;
  [[noreturn]] void leave(std::string message);

  const Kernel* kernel_ = nullptr;
  Problem* problem_ = nullptr;
  weft_block_state block_{};
  weft_thread_state threads_[kMaxThreads];  // in the order in which they come first
  weft_warp_state warps_[kMaxThreads / 32];
  weft_thread_state::Copy copies_[kMaxThreads][weft_thread_state::kCopies];
  Stacks stacks_{kMaxThreads};
  SharedMemory shared_{kMaxShared};
  void* caller_ = nullptr;
  unsigned done_ = 0;
};

// Which thread comes `slot`-th.
unsigned Team::place(unsigned slot) const {
  const unsigned n = kernel_->threads;
  if (kernel_->order == Order::descending) return n - 1 - slot;
  if (kernel_->order == Order::ascending || n % 32 != 0) return slot;
  const unsigned warps = n / 32, warp = slot / 32;
  const unsigned scattered = warps % 5 == 0 ? warps - 1 - warp : (warp * 5 + 3) % warps;
  return scattered * 32 + (slot % 32 * 13 + 7) % 32;
}

void Team::prepare(int64_t index) {
  block_.index = index;
  block_.blocks = kernel_->blocks;
  block_.threads = kernel_->threads;
  block_.arrived = 0;
  block_.barriers = 0;
  block_.shared_bytes = kernel_->shared_bytes;
  block_.shared = shared_.last(kernel_->shared_bytes);
  block_.copies_at_once = kernel_->order == Order::descending;
  block_.wait = &wait;
  block_.fail = &fail;
  std::memset(block_.shared, 0xff, kernel_->shared_bytes);
  done_ = 0;
  for (unsigned slot = 0; slot < kernel_->threads; ++slot) {
    weft_thread_state& t = threads_[slot];
    t.index = place(slot);
    t.lane = t.index % 32;
    t.block = &block_;
    t.copies = copies_[t.index];
    t.warp = &warps_[t.index / 32];
    t.awaited = nullptr;
    t.barriers = t.exchanges = 0;
    t.first_copy = t.last_copy = t.groups = 0;
    t.started = t.done = false;
  }
  for (unsigned w = 0; w * 32 < kernel_->threads; ++w)
    warps_[w].arrived = 0, warps_[w].completed = 0;
}

void Team::run(const Kernel& kernel, int64_t block, Problem& problem) {
  kernel_ = &kernel;
  problem_ = &problem;
  prepare(block);
  enter(&threads_[0], caller_);
}

// Goes to a thread that waited, or to a new one on its own stack: nobody else has that before.
void Team::enter(weft_thread_state* t, void*& save) {
  if (!t->started) {
    const unsigned slot = static_cast<unsigned>(t - threads_);
    t->stack_pointer = stacks_.fresh(slot, &begin);
    weft_thread_on_stack(stacks_.address(slot)) = t;
  }
  switch_stack(save, t->stack_pointer);
}

// The bottom of every stack: a thread, and as long as those that follow are new, they, too.
void Team::begin() {
  Team& team = mine();
  weft_thread_state*& here = weft_thread_on_stack(frame_address());
  for (;;) {
    weft_thread_state* t = here;
    t->started = true;
    team.kernel_->entry(team.kernel_->arguments);
    t->done = true;
    void* nowhere;
    if (++team.done_ == team.kernel_->threads) switch_stack(nowhere, team.caller_);
    weft_thread_state* other = team.next(t);
    if (!other) team.leave(team.stuck());
    if (other->started) switch_stack(nowhere, other->stack_pointer);
    here = other;
  }
}

weft_thread_state* Team::next(unsigned first, unsigned count, unsigned after) {
  for (unsigned i = 1; i <= count; ++i) {
    weft_thread_state& t = threads_[first + (after - first + i) % count];
    if (!t.done && (!t.awaited || *t.awaited >= t.target)) return &t;
  }
  return nullptr;
}
// One that can run: of the same warp if there is one.
weft_thread_state* Team::next(const weft_thread_state* after) {
  const unsigned slot = static_cast<unsigned>(after - threads_), warp = slot & ~31u;
  const unsigned lanes = std::min(32u, kernel_->threads - warp);
  if (weft_thread_state* t = next(warp, lanes, slot)) return t;
  return next(0, kernel_->threads, slot);
}

void Team::wait(weft_thread_state* t, const unsigned long long* awaited,
                unsigned long long target) {
  Team& team = mine();
  t->awaited = awaited;
  t->target = target;
  weft_thread_state* other = team.next(t);
  if (!other) team.leave(team.stuck());
  team.enter(other, t->stack_pointer);
  t->awaited = nullptr;
}

// Who waits where, when nobody can go on.
std::string Team::stuck() const {
  unsigned at_barrier = 0, in_exchange = 0;
  std::string lines;
  for (unsigned i = 0; i < kernel_->threads; ++i) {
    const weft_thread_state& t = threads_[i];
    if (t.done || !t.awaited) continue;
    if (t.awaited == &block_.barriers) {
      if (at_barrier++ == 0) lines += " (barrier: line " + std::to_string(block_.line) + ")";
    } else if (in_exchange++ == 0) {
      lines += " (exchange: line " + std::to_string(t.warp->line) + ")";
    }
  }
  return "deadlock in block " + std::to_string(block_.index) + ": of " +
         std::to_string(kernel_->threads) + " threads " + std::to_string(at_barrier) +
         " wait at a barrier, " + std::to_string(in_exchange) + " for other lanes of their warp, " +
         std::to_string(done_) + " have ended" + lines;
}

void Team::fail(weft_thread_state* t, const char* what, int line) {
  std::string at =
      "block " + std::to_string(t->block->index) + ", thread " + std::to_string(t->index);
  if (line) at += ", line " + std::to_string(line);
  mine().leave(std::string(what) + " (" + at + ")");
}

// Back to the caller; the block's fibers are left where they are.
void Team::leave(std::string message) {
  problem_->note(std::move(message));
  void* nowhere;
  message = {};
  switch_stack(nowhere, caller_);
  std::abort();
}
}  // namespace

Order order_of_environment() {
  const char* order = std::getenv("WEFT_EMULATE_ORDER");
  return !order ? Order::ascending : static_cast<Order>(std::atoi(order) % 3);
}

std::string launch(Entry entry, int64_t blocks, unsigned threads, size_t shared_bytes,
                   void** arguments, Order order) {
  if (threads == 0 || threads > kMaxThreads)
    return "a block has 1 to 1024 threads; got " + std::to_string(threads);
  if (blocks <= 0) return "a launch has at least one block; got " + std::to_string(blocks);
  if (shared_bytes > kMaxShared)
    return "a block gets at most " + std::to_string(kMaxShared) + " bytes of shared memory; got " +
           std::to_string(shared_bytes);
  const Kernel kernel{entry, blocks, threads, shared_bytes, arguments, order};
  Problem problem;
  // Few threads are not worth a job.
  const int64_t grain = std::max<int64_t>(1, 2048 / threads);
  parallel(blocks, grain, [&](int64_t begin, int64_t end) {
    Team& team = Team::mine();
    for (int64_t i = begin; i < end && !problem.any; ++i)
      team.run(kernel, order == Order::descending ? blocks - 1 - i : i, problem);
  });
  return problem.message;
}
}  // namespace emulate
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
