/// What the parts of the emulated driver share.
#pragma once
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "runtime/cuda/emulate/emulate.h"

namespace torch {
namespace runtime {
namespace cuda {

struct CUctx_st {
  int device;
};
struct CUstream_st {
  CUcontext context;
  CUgraph capturing = nullptr;
};
struct CUevent_st {
  int64_t ns = 0;  // when it was recorded
};

namespace emulate {

#define WEFT_DECLARE(name, symbol, parameters) CUresult name parameters;
WEFT_CUDA_DRIVER(WEFT_DECLARE)
#undef WEFT_DECLARE

struct Allocation {
  size_t bytes;
  int device;
};

struct State {
  std::recursive_mutex mutex;  // one driver call at a time
  CUctx_st contexts[kDevices] = {{0}, {1}};
  std::map<CUdeviceptr, Allocation> memory;
  std::map<uintptr_t, size_t> pinned;
  std::set<CUstream> streams;
  std::set<CUevent> events;
  std::set<CUgraph> graphs;
  std::set<CUgraphExec> execs;
  std::set<CUmodule> modules;
  size_t bytes[kDevices] = {};
  Faults faults;
  Calls calls{};
  CUresult lost = CUDA_SUCCESS;  // an error that stays
  std::string message;           // more about it than its text
};
State& state();

/// The calling thread's.
CUcontext current_context();
/// Does it, in the order of the stream; while that is captured, whoever launches the graph does.
CUresult enqueue(CUstream stream, std::function<void()> work);
/// Counts a fault down; whether it happens now.
bool happens(int& countdown);
/// Of what a function's parameters take, in order.
CUresult argument_sizes(CUfunction function, std::vector<size_t>* sizes);
/// The code in what the emulated NVRTC made; false: it made something else.
bool read_image(const char* image, std::string* code);
/// Whether [at, at + bytes) lies in one allocation of a device.
bool on_device(CUdeviceptr at, size_t bytes);

/// While one exists, device memory can be touched.
class Access {
 public:
  Access();
  ~Access();
  Access(const Access&) = delete;
  Access& operator=(const Access&) = delete;
};
/// Device memory; null when there is no more. With WEFT_GUARD it ends (up to 15 bytes earlier) at
/// an inaccessible page, or starts behind one; then the host can touch it.
char* reserve(size_t bytes);
void release(char* at, size_t bytes);
}  // namespace emulate
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
