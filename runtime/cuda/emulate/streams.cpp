// Streams and events.
#include "runtime/cuda/emulate/driver_state.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace emulate {

CUresult cuStreamCreate(CUstream* stream, unsigned) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (!current_context()) return CUDA_ERROR_INVALID_CONTEXT;
  bool first = true;
  for (CUstream other : s.streams) first &= other->context != current_context();
  *stream = new CUstream_st{current_context(), first, nullptr, {}};
  s.streams.insert(*stream);
  return CUDA_SUCCESS;
}
CUresult cuStreamDestroy(CUstream stream) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (!s.streams.count(stream)) return CUDA_ERROR_INVALID_HANDLE;
  catch_up(stream);
  s.streams.erase(stream);
  delete stream;
  return CUDA_SUCCESS;
}
CUresult cuStreamSynchronize(CUstream stream) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  ++s.calls.synchronisations;
  if (!s.streams.count(stream)) return CUDA_ERROR_INVALID_HANDLE;
  return catch_up(stream);
}
CUresult cuStreamQuery(CUstream stream) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (!s.streams.count(stream)) return CUDA_ERROR_INVALID_HANDLE;
  return catch_up_once(stream) ? CUDA_ERROR_NOT_READY : s.lost;
}
CUresult cuStreamWaitEvent(CUstream stream, CUevent event, unsigned) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (!s.streams.count(stream) || !s.events.count(event)) return CUDA_ERROR_INVALID_HANDLE;
  return event->moment ? enqueue_wait(stream, event->moment) : s.lost;
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
  event->moment = std::make_shared<Moment>();
  event->asked = 0;
  return enqueue_record(stream, event->moment);
}
CUresult cuEventSynchronize(CUevent event) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  ++s.calls.synchronisations;
  if (!s.events.count(event)) return CUDA_ERROR_INVALID_HANDLE;
  return event->moment ? catch_up(*event->moment) : s.lost;
}
CUresult cuEventQuery(CUevent event) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (!s.events.count(event)) return CUDA_ERROR_INVALID_HANDLE;
  if (s.lost || !event->moment || event->moment->over) return s.lost;
  constexpr int kPatience = 1000;  // whoever asks so often does nothing else
  return ++event->asked > kPatience ? catch_up(*event->moment) : CUDA_ERROR_NOT_READY;
}
CUresult cuEventElapsedTime(float* ms, CUevent begin, CUevent end) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (!s.events.count(begin) || !s.events.count(end)) return CUDA_ERROR_INVALID_HANDLE;
  if (!begin->moment || !end->moment) return CUDA_ERROR_INVALID_HANDLE;
  if (!begin->moment->over || !end->moment->over) return CUDA_ERROR_NOT_READY;
  *ms = static_cast<float>(end->moment->ns - begin->moment->ns) / 1e6f;
  return s.lost;
}
}  // namespace emulate
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
