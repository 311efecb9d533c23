/// What the parts of the emulated driver share.
#pragma once
#include <deque>
#include <functional>
#include <map>
#include <memory>
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
namespace emulate {
/// Of a stream: what was given to it before is done when it is over.
struct Moment {
  CUstream stream = nullptr;
  bool over = false;
  int64_t ns = 0;  // when it was
};
/// What a stream has to do: one of these.
struct Task {
  std::function<CUresult()> work;
  std::shared_ptr<Moment> waits_for, records;
};
}  // namespace emulate

struct CUstream_st {
  CUcontext context;
  bool first;  // of the context
  CUgraph capturing = nullptr;
  std::deque<emulate::Task> tasks;
};
struct CUevent_st {
  std::shared_ptr<emulate::Moment> moment;  // null: never recorded
  int asked = 0;
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
  bool running = false;          // a task of a stream
  std::string message;           // more about it than its text
};
State& state();

/// The calling thread's.
CUcontext current_context();
/// Done in the order of the stream (work.cpp says when); while that is captured, by whoever launches
/// the graph.
CUresult enqueue(CUstream stream, std::function<CUresult()> work);
CUresult enqueue_wait(CUstream stream, std::shared_ptr<Moment> moment);
CUresult enqueue_record(CUstream stream, std::shared_ptr<Moment> moment);
/// While a stream is captured.
CUresult capture(CUstream stream, std::function<CUresult()> work);
/// Does what the moment needs; what a stream has to do, up to a moment; all.
CUresult catch_up(const Moment& moment);
CUresult catch_up(CUstream stream, const Moment* moment = nullptr);
CUresult catch_up();
/// One thing that the stream has to do; false: there is none.
bool catch_up_once(CUstream stream);
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
