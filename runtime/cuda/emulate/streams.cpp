// Streams and events: what is enqueued is done when the call returns.
#include <chrono>

#include "runtime/cuda/emulate/driver_state.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace emulate {

CUresult cuStreamCreate(CUstream* stream, unsigned) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (!current_context()) return CUDA_ERROR_INVALID_CONTEXT;
  *stream = new CUstream_st{current_context(), nullptr};
  s.streams.insert(*stream);
  return CUDA_SUCCESS;
}
CUresult cuStreamDestroy(CUstream stream) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (!s.streams.erase(stream)) return CUDA_ERROR_INVALID_HANDLE;
  delete stream;
  return CUDA_SUCCESS;
}
CUresult cuStreamSynchronize(CUstream stream) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  ++s.calls.synchronisations;
  if (!s.streams.count(stream)) return CUDA_ERROR_INVALID_HANDLE;
  return s.lost;
}
CUresult cuStreamWaitEvent(CUstream stream, CUevent event, unsigned) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (!s.streams.count(stream) || !s.events.count(event)) return CUDA_ERROR_INVALID_HANDLE;
  return s.lost;
}
CUresult cuEventCreate(CUevent* event, unsigned) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (!current_context()) return CUDA_ERROR_INVALID_CONTEXT;
  *event = new CUevent_st();
  s.events.insert(*event);
  return CUDA_SUCCESS;
}
CUresult cuEventDestroy(CUevent event) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (!s.events.erase(event)) return CUDA_ERROR_INVALID_HANDLE;
  delete event;
  return CUDA_SUCCESS;
}
CUresult cuEventRecord(CUevent event, CUstream stream) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (!s.streams.count(stream) || !s.events.count(event)) return CUDA_ERROR_INVALID_HANDLE;
  event->ns = std::chrono::steady_clock::now().time_since_epoch().count();
  return s.lost;
}
CUresult cuEventSynchronize(CUevent event) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  ++s.calls.synchronisations;
  return s.events.count(event) ? s.lost : CUDA_ERROR_INVALID_HANDLE;
}
CUresult cuEventQuery(CUevent event) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  return s.events.count(event) ? s.lost : CUDA_ERROR_INVALID_HANDLE;
}
CUresult cuEventElapsedTime(float* ms, CUevent begin, CUevent end) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (!s.events.count(begin) || !s.events.count(end)) return CUDA_ERROR_INVALID_HANDLE;
  *ms = static_cast<float>(end->ns - begin->ns) / 1e6f;
  return s.lost;
}
}  // namespace emulate
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
