#include "frontend/autograd/room.h"

#include <pthread.h>
#include <sys/mman.h>
#include <ucontext.h>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <new>

namespace torch {
namespace autograd {
namespace {
// What one level may take, compilation included; and how much a further stack has.
constexpr size_t kRoom = size_t(1) << 21, kStack = size_t(1) << 26, kGuard = 4096;

// The end towards which this thread's stack grows, of the one it is on now; null: not looked up yet.
thread_local char* limit = nullptr;

char* own_limit() {
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return nullptr;
  void* lowest = nullptr;
  size_t size = 0;
  pthread_attr_getstack(&attributes, &lowest, &size);
  pthread_attr_destroy(&attributes);
  return static_cast<char*>(lowest);
}

// Memory is the system's until it is touched.
class Stack {
 public:
  Stack() {
    memory_ = mmap(nullptr, kStack, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (memory_ == MAP_FAILED) throw std::bad_alloc();
    mprotect(memory_, kGuard, PROT_NONE);
  }
  ~Stack() { munmap(memory_, kStack); }
  char* lowest() const { return static_cast<char*>(memory_) + kGuard; }
  size_t size() const { return kStack - kGuard; }

 private:
  void* memory_;
};

struct Visit {
  const std::function<void()>* body;
  std::exception_ptr error;
  ucontext_t here, there;
};
thread_local Visit* visiting = nullptr;

// No exception passes from one stack to another.
void visit() {
  Visit& v = *visiting;
  try {
    (*v.body)();
  } catch (...) {
    v.error = std::current_exception();
  }
}

void on_new_stack(const std::function<void()>& body) {
  Stack stack;
  Visit v{&body, nullptr, {}, {}};
  getcontext(&v.there);
  v.there.uc_stack.ss_sp = stack.lowest();
  v.there.uc_stack.ss_size = stack.size();
  v.there.uc_link = &v.here;
  makecontext(&v.there, visit, 0);
  char* const outer = limit;
  limit = stack.lowest();
  visiting = &v;
  swapcontext(&v.here, &v.there);
  limit = outer;
  if (v.error) std::rethrow_exception(v.error);
}
}  // namespace

void with_room(const std::function<void()>& body) {
  if (!limit) limit = own_limit();
  const char here = 0;
  if (limit && reinterpret_cast<uintptr_t>(&here) - reinterpret_cast<uintptr_t>(limit) < kRoom)
    return on_new_stack(body);
  body();
}
}  // namespace autograd
}  // namespace torch
