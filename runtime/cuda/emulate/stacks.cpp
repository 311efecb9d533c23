#include "runtime/cuda/emulate/stacks.h"

#include <sys/mman.h>

#include <cstring>
#include <new>

#include "runtime/cuda/emulate/state.h"
#include "runtime/device/poison.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace emulate {
namespace {
constexpr size_t kPage = 4096;
constexpr size_t kTop = 64;  // bytes at the top of a stack that are the scheduler's

unsigned char* reserve(size_t bytes) {
  void* p = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (p == MAP_FAILED) throw std::bad_alloc();
  return static_cast<unsigned char*>(p);
}
size_t round_up(size_t n, size_t to) { return (n + to - 1) / to * to; }
}  // namespace

// What the ABI of x86-64 has a callee keep.
asm(R"(
.text
.globl weft_switch_stack
.hidden weft_switch_stack
.type weft_switch_stack, @function
weft_switch_stack:
  push %rbp
  push %rbx
  push %r12
  push %r13
  push %r14
  push %r15
  mov %rsp, (%rdi)
  mov %rsi, %rsp
  pop %r15
  pop %r14
  pop %r13
  pop %r12
  pop %rbx
  pop %rbp
  ret
.size weft_switch_stack, .-weft_switch_stack
)");
extern "C" void weft_switch_stack(void** save, void* load);
void switch_stack(void*& save, void* load) { weft_switch_stack(&save, load); }

Stacks::Stacks(unsigned count)
    : memory_(nullptr), bytes_((count + 1) * weft_stack_bytes), guarded_(count) {
  memory_ = reserve(bytes_);
}
Stacks::~Stacks() { munmap(memory_, bytes_); }

uint64_t Stacks::address(unsigned index) const {
  return round_up(reinterpret_cast<uint64_t>(memory_), weft_stack_bytes) + index * weft_stack_bytes;
}

void* Stacks::fresh(unsigned index, void (*begin)()) {
  auto* bottom = reinterpret_cast<unsigned char*>(address(index));
  if (!guarded_[index]) mprotect(bottom, kPage, PROT_NONE);
  guarded_[index] = true;
  unpoison(bottom + kPage, weft_stack_bytes - kPage);
  // six registers, where to return to, and nowhere to return from there
  void* frame[8] = {};
  frame[6] = reinterpret_cast<void*>(begin);
  unsigned char* top = bottom + weft_stack_bytes - kTop - sizeof frame;
  std::memcpy(top, frame, sizeof frame);
  return top;
}

SharedMemory::SharedMemory(size_t bytes) : memory_(nullptr), bytes_(round_up(bytes, kPage)) {
  memory_ = reserve(bytes_ + kPage);
  mprotect(memory_ + bytes_, kPage, PROT_NONE);
}
SharedMemory::~SharedMemory() { munmap(memory_, bytes_ + kPage); }
unsigned char* SharedMemory::last(size_t bytes) const {
  return memory_ + bytes_ - round_up(bytes, 16);
}
}  // namespace emulate
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
