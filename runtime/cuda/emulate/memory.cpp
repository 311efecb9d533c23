// Memory and copies.
#include <sys/mman.h>

#include <cstring>

#include "runtime/cuda/emulate/driver_state.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace emulate {
namespace {

constexpr size_t kPage = 4096;
size_t whole_pages(size_t bytes) { return (bytes + kPage - 1) / kPage * kPage; }
void* host(CUdeviceptr at) { return reinterpret_cast<void*>(at); }

/// What every call that reaches a device looks at first.
CUresult ready(State& s) {
  if (s.lost) return s.lost;
  return current_context() ? CUDA_SUCCESS : CUDA_ERROR_INVALID_CONTEXT;
}

bool is_pinned(CUdeviceptr at) {
  const State& s = state();
  auto next = s.pinned.upper_bound(at);
  return next != s.pinned.begin() && at - std::prev(next)->first < std::prev(next)->second;
}

/// Both sides were looked at. Memory of the host's that is not pinned is read and written before the
/// call returns.
CUresult copy(CUdeviceptr to, CUdeviceptr from, size_t bytes, CUstream stream) {
  State& s = state();
  if (!s.streams.count(stream)) return CUDA_ERROR_INVALID_HANDLE;
  ++s.calls.copies;
  if (happens(s.faults.copy)) return s.lost = CUDA_ERROR_ILLEGAL_ADDRESS;
  const CUresult failed = enqueue(stream, [=] {
    std::memmove(host(to), host(from), bytes);
    return CUDA_SUCCESS;
  });
  const bool may_wait = (on_device(to, bytes) || is_pinned(to)) && (on_device(from, bytes) || is_pinned(from));
  return failed || may_wait || s.running ? failed : catch_up(stream);
}
}  // namespace

bool on_device(CUdeviceptr at, size_t bytes) {
  const State& s = state();
  auto next = s.memory.upper_bound(at);
  if (next == s.memory.begin()) return false;
  const auto& [begin, allocation] = *--next;
  return at - begin + bytes <= allocation.bytes;
}

CUresult cuMemAlloc(CUdeviceptr* at, size_t bytes) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (CUresult failed = ready(s)) return failed;
  if (bytes == 0) return CUDA_ERROR_INVALID_VALUE;
  ++s.calls.allocations;
  const int device = current_context()->device;
  if (happens(s.faults.allocation) || s.bytes[device] + bytes > s.faults.memory_bytes)
    return CUDA_ERROR_OUT_OF_MEMORY;
  char* memory = reserve(bytes);
  if (!memory) return CUDA_ERROR_OUT_OF_MEMORY;
  *at = reinterpret_cast<CUdeviceptr>(memory);
  s.memory[*at] = {bytes, device};
  s.bytes[device] += bytes;
  return CUDA_SUCCESS;
}

CUresult cuMemFree(CUdeviceptr at) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  auto found = s.memory.find(at);
  if (found == s.memory.end()) return CUDA_ERROR_INVALID_VALUE;
  catch_up();
  s.bytes[found->second.device] -= found->second.bytes;
  release(static_cast<char*>(host(at)), found->second.bytes);
  s.memory.erase(found);
  return s.lost;
}

CUresult cuMemGetInfo(size_t* free, size_t* total) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (CUresult failed = ready(s)) return failed;
  *total = s.faults.memory_bytes;
  *free = *total - std::min(*total, s.bytes[current_context()->device]);
  return CUDA_SUCCESS;
}

CUresult cuMemHostAlloc(void** at, size_t bytes, unsigned) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (CUresult failed = ready(s)) return failed;
  if (bytes == 0) return CUDA_ERROR_INVALID_VALUE;
  if (happens(s.faults.pinned_allocation)) return CUDA_ERROR_OUT_OF_MEMORY;
  void* pages =
      mmap(nullptr, whole_pages(bytes), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) return CUDA_ERROR_OUT_OF_MEMORY;
  std::memset(pages, 0xff, bytes);
  s.pinned[reinterpret_cast<uintptr_t>(pages)] = bytes;
  *at = pages;
  return CUDA_SUCCESS;
}

CUresult cuMemFreeHost(void* at) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  auto found = s.pinned.find(reinterpret_cast<uintptr_t>(at));
  if (found == s.pinned.end()) return CUDA_ERROR_INVALID_VALUE;
  catch_up();
  munmap(at, whole_pages(found->second));
  s.pinned.erase(found);
  return s.lost;
}

CUresult cuMemcpyHtoDAsync(CUdeviceptr to, const void* from, size_t bytes, CUstream stream) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (CUresult failed = ready(s)) return failed;
  if (!on_device(to, bytes)) return CUDA_ERROR_INVALID_VALUE;
  return copy(to, reinterpret_cast<CUdeviceptr>(from), bytes, stream);
}

CUresult cuMemcpyDtoHAsync(void* to, CUdeviceptr from, size_t bytes, CUstream stream) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (CUresult failed = ready(s)) return failed;
  if (!on_device(from, bytes)) return CUDA_ERROR_INVALID_VALUE;
  return copy(reinterpret_cast<CUdeviceptr>(to), from, bytes, stream);
}

CUresult cuMemcpyDtoDAsync(CUdeviceptr to, CUdeviceptr from, size_t bytes, CUstream stream) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (CUresult failed = ready(s)) return failed;
  if (!on_device(to, bytes) || !on_device(from, bytes)) return CUDA_ERROR_INVALID_VALUE;
  return copy(to, from, bytes, stream);
}

CUresult cuMemcpyPeerAsync(CUdeviceptr to, CUcontext to_context, CUdeviceptr from,
                           CUcontext from_context, size_t bytes, CUstream stream) {
  if (!to_context || !from_context) return CUDA_ERROR_INVALID_CONTEXT;
  return cuMemcpyDtoDAsync(to, from, bytes, stream);
}

CUresult cuMemsetD8Async(CUdeviceptr to, unsigned char value, size_t count, CUstream stream) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (CUresult failed = ready(s)) return failed;
  if (!on_device(to, count)) return CUDA_ERROR_INVALID_VALUE;
  if (!s.streams.count(stream)) return CUDA_ERROR_INVALID_HANDLE;
  return enqueue(stream, [=] {
    std::memset(host(to), value, count);
    return CUDA_SUCCESS;
  });
}
}  // namespace emulate
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
