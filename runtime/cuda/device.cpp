#include "runtime/cuda/device.h"

#include <cstring>

#include "runtime/cuda/heap.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {

thread_local int current = 0;

void check_index(int index) {
  required_driver();
  const int count = device_count();
  if (index >= 0 && index < count) return;
  throw std::runtime_error(
      "CUDA error: invalid device ordinal: there is no cuda:" + std::to_string(index) +
      ", the driver sees " + std::to_string(count) + (count == 1 ? " device" : " devices"));
}

int attribute(const Driver& d, CUdevice device, CUdevice_attribute which) {
  int value = 0;
  check(d.cuDeviceGetAttribute(&value, which, device), "asking for an attribute of the device");
  return value;
}

Properties properties_of(const Driver& d, CUdevice device) {
  Properties p;
  char name[256] = {};
  check(d.cuDeviceGetName(name, sizeof name, device), "asking for the name of the device");
  p.name = name;
  check(d.cuDeviceTotalMem(&p.memory_bytes, device), "asking for the memory of the device");
  CUuuid uuid{};
  d.cuDeviceGetUuid(&uuid, device);
  std::memcpy(p.uuid, uuid.bytes, sizeof p.uuid);
  auto get = [&](CUdevice_attribute which) { return attribute(d, device, which); };
  auto bytes = [&](CUdevice_attribute which) { return static_cast<size_t>(get(which)); };
  p.major = get(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR);
  p.minor = get(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
  p.multiprocessors = get(CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT);
  p.warp = get(CU_DEVICE_ATTRIBUTE_WARP_SIZE);
  p.threads_per_block = get(CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_BLOCK);
  p.threads_per_multiprocessor = get(CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_MULTIPROCESSOR);
  p.registers_per_multiprocessor = get(CU_DEVICE_ATTRIBUTE_MAX_REGISTERS_PER_MULTIPROCESSOR);
  p.shared_bytes = bytes(CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN);
  p.shared_bytes_per_multiprocessor =
      bytes(CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_MULTIPROCESSOR);
  p.l2_bytes = bytes(CU_DEVICE_ATTRIBUTE_L2_CACHE_SIZE);
  return p;
}
}  // namespace

int device_count() {
  static const int count = [] {
    int n = 0;
    if (const Driver* d = driver()) d->cuDeviceGetCount(&n);
    return n;
  }();
  return count;
}
int current_device() { return current; }
void set_current_device(int index) {
  check_index(index);
  current = index;
}

Device& Device::get(int index) {
  static std::mutex mutex;
  static auto* all = new std::vector<std::unique_ptr<Device>>();
  check_index(index);
  std::lock_guard<std::mutex> lock(mutex);
  const auto at = static_cast<size_t>(index);
  if (all->size() <= at) all->resize(static_cast<size_t>(device_count()));
  if (!(*all)[at]) (*all)[at].reset(new Device(index));
  return *(*all)[at];
}

Device::Device(int index) : driver(required_driver()), index(index) {
  CUdevice handle = 0;
  check(driver.cuDeviceGet(&handle, index), "opening the device");
  properties = properties_of(driver, handle);
  check(driver.cuDevicePrimaryCtxRetain(&context, handle), "making a context on the device");
  activate();
  check(driver.cuStreamCreate(&stream, CU_STREAM_NON_BLOCKING), "making a stream on the device");
  heap_ = std::make_unique<Heap>(*this);
  log(name() + ": " + properties.name + ", sm_" + std::to_string(properties.major) +
      std::to_string(properties.minor) + ", " + std::to_string(properties.multiprocessors) +
      " multiprocessors, " + std::to_string(properties.memory_bytes >> 20) + " MiB");
}

CUevent Device::record(CUstream in) {
  activate();
  CUevent event = nullptr;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (!free_events_.empty()) {
      event = free_events_.back();
      free_events_.pop_back();
    }
  }
  if (!event) check(driver.cuEventCreate(&event, CU_EVENT_DISABLE_TIMING), "making an event");
  if (CUresult failed = driver.cuEventRecord(event, in)) {
    recycle(event);
    throw_error(failed, "recording an event on " + name());
  }
  return event;
}

CUstream Device::beside(Way way) {
  activate();
  if (CUstream made = beside_[way].load()) return made;
  std::lock_guard<std::mutex> lock(mutex_);
  if (CUstream made = beside_[way].load()) return made;
  CUstream made = nullptr;
  check(driver.cuStreamCreate(&made, CU_STREAM_NON_BLOCKING), "making a stream for copies");
  beside_[way] = made;
  return made;
}

void Device::hold(CUevent event, std::vector<BufferRef> buffers) {
  std::lock_guard<std::mutex> lock(mutex_);
  held_.push_back({event, std::move(buffers)});
}
bool Device::let_go(bool all) {
  activate();
  std::list<Held> over;  // ends after the lock
  std::lock_guard<std::mutex> lock(mutex_);
  for (auto at = held_.begin(); at != held_.end();) {
    auto here = at++;
    if (all) driver.cuEventSynchronize(here->event);
    else if (driver.cuEventQuery(here->event) == CUDA_ERROR_NOT_READY) continue;
    free_events_.push_back(here->event);
    over.splice(over.end(), held_, here);
  }
  return !over.empty();
}

void Device::recycle(CUevent event) {
  std::lock_guard<std::mutex> lock(mutex_);
  free_events_.push_back(event);
}

CUgraph Device::capture(const std::function<void(CUstream)>& enqueue) {
  const char* const doing = "recording what a library enqueues";
  std::lock_guard<std::mutex> lock(capture_mutex_);
  activate();
  if (!capture_stream_)
    check(driver.cuStreamCreate(&capture_stream_, CU_STREAM_NON_BLOCKING), doing);
  check(driver.cuStreamBeginCapture(capture_stream_, CU_STREAM_CAPTURE_MODE_RELAXED), doing);
  CUgraph graph = nullptr;
  try {
    enqueue(capture_stream_);
  } catch (...) {
    if (driver.cuStreamEndCapture(capture_stream_, &graph) == CUDA_SUCCESS)
      driver.cuGraphDestroy(graph);
    throw;
  }
  check(driver.cuStreamEndCapture(capture_stream_, &graph), doing);
  return graph;
}

double Device::timed(const std::function<void()>& enqueue) {
  activate();
  struct Events {
    const Driver& driver;
    CUevent all[2] = {};
    ~Events() {
      for (CUevent e : all)
        if (e) driver.cuEventDestroy(e);
    }
  } events{driver};
  const char* const doing = "timing a kernel";
  for (CUevent& e : events.all) check(driver.cuEventCreate(&e, CU_EVENT_DEFAULT), doing);
  check(driver.cuEventRecord(events.all[0], stream), doing);
  enqueue();
  check(driver.cuEventRecord(events.all[1], stream), doing);
  wait();
  float ms = 0;
  check(driver.cuEventElapsedTime(&ms, events.all[0], events.all[1]), doing);
  return ms;
}

void Device::when_done(Late late) {
  forget_fine();
  const CUevent event = record();
  std::lock_guard<std::mutex> lock(mutex_);
  pending_.push_back({event, std::move(late)});
}

/// What is done and was fine keeps no memory.
void Device::forget_fine() {
  activate();
  std::list<Pending> fine;  // ends after the lock
  std::lock_guard<std::mutex> lock(mutex_);
  for (auto at = pending_.begin(); at != pending_.end() && driver.cuEventQuery(at->event) == 0;) {
    auto here = at++;
    if (here->late.wrong()) continue;
    free_events_.push_back(here->event);
    fine.splice(fine.end(), pending_, here);
  }
}

bool Device::is_over(CUevent event) const {
  activate();
  return is_done(driver.cuEventQuery(event));
}
bool Device::idle() const {
  activate();
  for (CUstream s : {stream, beside_[up].load(), beside_[down].load()})
    if (s && !is_done(driver.cuStreamQuery(s))) return false;
  return true;
}
bool Device::is_done(CUresult state) const {
  if (state && state != CUDA_ERROR_NOT_READY)
    throw_error(state, "asking " + name() + " whether its work is done");
  return state == CUDA_SUCCESS;
}

void Device::wait() const {
  activate();
  for (CUstream s : {stream, beside_[up].load(), beside_[down].load()})
    if (CUresult failed = s ? driver.cuStreamSynchronize(s) : CUDA_SUCCESS)
      throw_error(failed, "waiting for " + name() + ", in work that was given to it before");
}

void Device::synchronize() {
  raise_after([this] { wait(); });
}
void Device::synchronize(CUevent event) {
  raise_after([&] {
    activate();
    if (CUresult failed = driver.cuEventSynchronize(event))
      throw_error(failed, "waiting for " + name() + ", in work that was given to it before");
  });
}
void Device::raise_after(const std::function<void()>& wait) {
  try {
    wait();
  } catch (const Error&) {  // nothing more is heard of what was under way
    std::list<Pending> lost;
    std::lock_guard<std::mutex> lock(mutex_);
    for (const Pending& p : pending_) free_events_.push_back(p.event);
    lost.swap(pending_);
    throw;
  }
  let_go();
  for (;;) {
    std::list<Pending> first;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      if (pending_.empty() || driver.cuEventQuery(pending_.front().event)) return;
      free_events_.push_back(pending_.front().event);
      first.splice(first.end(), pending_, pending_.begin());
    }
    if (first.front().late.wrong()) first.front().late.raise();
  }
}

void synchronize(int index) { Device::get(index).synchronize(); }
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
