// Devices, contexts, errors, and the table.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "runtime/cuda/emulate/driver_state.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace emulate {
namespace {
thread_local CUcontext current = nullptr;

struct Text {
  CUresult code;
  const char *name, *text;
};
constexpr Text kTexts[] = {
    {CUDA_SUCCESS, "CUDA_SUCCESS", "no error"},
    {CUDA_ERROR_INVALID_VALUE, "CUDA_ERROR_INVALID_VALUE", "invalid argument"},
    {CUDA_ERROR_OUT_OF_MEMORY, "CUDA_ERROR_OUT_OF_MEMORY", "out of memory"},
    {CUDA_ERROR_INVALID_DEVICE, "CUDA_ERROR_INVALID_DEVICE", "invalid device ordinal"},
    {CUDA_ERROR_INVALID_IMAGE, "CUDA_ERROR_INVALID_IMAGE", "device kernel image is invalid"},
    {CUDA_ERROR_INVALID_CONTEXT, "CUDA_ERROR_INVALID_CONTEXT", "invalid device context"},
    {CUDA_ERROR_INVALID_HANDLE, "CUDA_ERROR_INVALID_HANDLE", "invalid resource handle"},
    {CUDA_ERROR_NOT_FOUND, "CUDA_ERROR_NOT_FOUND", "named symbol not found"},
    {CUDA_ERROR_NOT_READY, "CUDA_ERROR_NOT_READY", "device not ready"},
    {CUDA_ERROR_ILLEGAL_ADDRESS, "CUDA_ERROR_ILLEGAL_ADDRESS",
     "an illegal memory access was encountered"},
    {CUDA_ERROR_LAUNCH_FAILED, "CUDA_ERROR_LAUNCH_FAILED", "unspecified launch failure"},
    {CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES, "CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES",
     "too many resources requested for launch"},
};
const Text* find(CUresult code) {
  for (const Text& t : kTexts)
    if (t.code == code) return &t;
  return nullptr;
}

/// CUDA_VISIBLE_DEVICES: numbers, up to the first that is none of a device's.
const std::vector<int>& visible() {
  static const std::vector<int> devices = [] {
    const char* list = std::getenv("CUDA_VISIBLE_DEVICES");
    std::vector<int> all;
    if (!list) {
      for (int d = 0; d < kDevices; ++d) all.push_back(d);
      return all;
    }
    for (char* end; *list; list = *end == ',' ? end + 1 : end) {
      const long number = std::strtol(list, &end, 10);
      if (end == list || number < 0 || number >= kDevices) break;
      all.push_back(static_cast<int>(number));
    }
    return all;
  }();
  return devices;
}
}  // namespace

State& state() {
  static State* s = new State();
  return *s;
}
CUcontext current_context() { return current; }

bool happens(int& countdown) { return countdown > 0 && --countdown == 0; }

void set_faults(const Faults& faults) {
  std::lock_guard<std::recursive_mutex> lock(state().mutex);
  state().faults = faults;
  state().message = faults.device_lost ? "the device is lost" : "";
  state().lost = faults.device_lost ? CUDA_ERROR_LAUNCH_FAILED : CUDA_SUCCESS;
}
Held held() {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  return {s.memory.size(), s.bytes[0] + s.bytes[1], s.pinned.size(), s.streams.size(),
          s.events.size(), s.graphs.size(),         s.execs.size(),  s.modules.size()};
}
Calls calls() {
  std::lock_guard<std::recursive_mutex> lock(state().mutex);
  return state().calls;
}

CUresult cuInit(unsigned) { return CUDA_SUCCESS; }
CUresult cuDriverGetVersion(int* version) {
  *version = 13000;
  return CUDA_SUCCESS;
}
CUresult cuGetErrorName(CUresult error, const char** text) {
  const Text* t = find(error);
  *text = t ? t->name : nullptr;
  return t ? CUDA_SUCCESS : CUDA_ERROR_INVALID_VALUE;
}
CUresult cuGetErrorString(CUresult error, const char** text) {
  const Text* t = find(error);
  *text = t ? t->text : nullptr;
  std::lock_guard<std::recursive_mutex> lock(state().mutex);
  if (t && !state().message.empty() &&
      (error == CUDA_ERROR_LAUNCH_FAILED || error == CUDA_ERROR_INVALID_IMAGE)) {
    thread_local std::string all;
    all = std::string(t->text) + ": " + state().message;
    *text = all.c_str();
  }
  return t ? CUDA_SUCCESS : CUDA_ERROR_INVALID_VALUE;
}
CUresult cuDeviceGetCount(int* count) {
  *count = static_cast<int>(visible().size());
  return CUDA_SUCCESS;
}
CUresult cuDeviceGet(CUdevice* device, int ordinal) {
  if (ordinal < 0 || ordinal >= static_cast<int>(visible().size()))
    return CUDA_ERROR_INVALID_DEVICE;
  *device = visible()[static_cast<size_t>(ordinal)];
  return CUDA_SUCCESS;
}
CUresult cuDeviceGetName(char* name, int length, CUdevice) {
  std::snprintf(name, static_cast<size_t>(length), "emulated device");
  return CUDA_SUCCESS;
}
CUresult cuDeviceGetUuid(CUuuid* uuid, CUdevice device) {
  std::memset(uuid, 0, sizeof *uuid);
  uuid->bytes[15] = static_cast<char>(device + 1);
  return CUDA_SUCCESS;
}
CUresult cuDeviceTotalMem(size_t* bytes, CUdevice) {
  *bytes = state().faults.memory_bytes;
  return CUDA_SUCCESS;
}

/// A Hopper's.
CUresult cuDeviceGetAttribute(int* value, CUdevice_attribute attribute, CUdevice) {
  switch (attribute) {
    case CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_BLOCK: *value = 1024; break;
    case CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK: *value = 49152; break;
    case CU_DEVICE_ATTRIBUTE_WARP_SIZE: *value = 32; break;
    case CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT: *value = 132; break;
    case CU_DEVICE_ATTRIBUTE_L2_CACHE_SIZE: *value = 50 << 20; break;
    case CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_MULTIPROCESSOR: *value = 2048; break;
    case CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR: *value = 9; break;
    case CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR: *value = 0; break;
    case CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_MULTIPROCESSOR: *value = 233472; break;
    case CU_DEVICE_ATTRIBUTE_MAX_REGISTERS_PER_MULTIPROCESSOR: *value = 65536; break;
    case CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN: *value = 232448; break;
    default: return CUDA_ERROR_INVALID_VALUE;
  }
  return CUDA_SUCCESS;
}

CUresult cuDevicePrimaryCtxRetain(CUcontext* context, CUdevice device) {
  if (device < 0 || device >= kDevices) return CUDA_ERROR_INVALID_DEVICE;
  *context = &state().contexts[device];
  return CUDA_SUCCESS;
}
CUresult cuCtxSetCurrent(CUcontext context) {
  current = context;
  return CUDA_SUCCESS;
}
CUresult cuCtxGetCurrent(CUcontext* context) {
  *context = current;
  return CUDA_SUCCESS;
}
}  // namespace emulate

const Driver* emulated_driver() {
  static const Driver* table = [] {
    auto* d = new Driver();
#define WEFT_ENTRY(name, symbol, parameters) d->name = &emulate::name;
    WEFT_CUDA_DRIVER(WEFT_ENTRY)
#undef WEFT_ENTRY
    return d;
  }();
  return table;
}
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
