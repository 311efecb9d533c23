#include "runtime/cuda/driver.h"

#include <cstdio>

#include "runtime/cuda/emulate/emulate.h"
#include "runtime/cuda/library.h"
#include "runtime/cuda/nvrtc.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {

std::string version_text(int version) {
  return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

/// Why the devices of a driver cannot be used, if so.
std::string start(const Driver& d) {
  if (CUresult failed = d.cuInit(0)) {
    const std::string why = error_text(d, failed);
    if (failed == CUDA_ERROR_NO_DEVICE) return "no CUDA device: the driver sees none (" + why + ")";
    return "no usable CUDA driver: cuInit failed (" + why + ")";
  }
  int version = 0, count = 0;
  d.cuDriverGetVersion(&version);
  if (CUresult failed = d.cuDeviceGetCount(&count))
    return "no CUDA device: cuDeviceGetCount failed (" + error_text(d, failed) + ")";
  log("driver for CUDA " + version_text(version) + ", " + std::to_string(count) + " devices");
  if (count == 0) return "no CUDA device: the driver sees none (is CUDA_VISIBLE_DEVICES empty?)";
  return "";
}

FoundDriver find() {
  if (knobs().cuda == Knobs::Cuda::off) return {nullptr, "CUDA is switched off by WEFT_CUDA=off"};
  FoundDriver found;
  if (knobs().cuda == Knobs::Cuda::emulate) {
    log("emulated driver (WEFT_CUDA=emulate)");
    found.driver = emulated_driver();
    found.absence = start(*found.driver);
  } else {
    found = find_driver({"libcuda.so.1"});
  }
  if (found.absence.empty() && !nvrtc()) found.absence = nvrtc_absence();
  if (!found.absence.empty()) {
    log(found.absence);
    found.driver = nullptr;
  }
  return found;
}
const FoundDriver& found() {
  static const FoundDriver* once = new FoundDriver(find());
  return *once;
}
}  // namespace

FoundDriver find_driver(const std::vector<std::string>& libraries) {
  FoundDriver result;
  const Library library = open_library(libraries);
  if (!library.handle) {
    result.absence = "no CUDA driver: " + library.error;
    return result;
  }
  log("driver library " + library.path);
  auto* table = new Driver();
#define WEFT_RESOLVE(name, symbol_name, parameters)                                     \
  table->name = reinterpret_cast<decltype(table->name)>(symbol(library, #symbol_name)); \
  if (!table->name && result.absence.empty())                                           \
    result.absence = "CUDA driver too old: " + library.path + " has no " #symbol_name;
  WEFT_CUDA_DRIVER(WEFT_RESOLVE)
#undef WEFT_RESOLVE
  if (result.absence.empty()) result.absence = start(*table);
  if (result.absence.empty()) result.driver = table;
  else delete table;
  return result;
}

const Driver* driver() { return found().driver; }
const std::string& absence() { return found().absence; }
const Driver& required_driver() {
  if (!driver()) throw std::runtime_error("CUDA is not available: " + absence());
  return *driver();
}

std::string error_text(const Driver& d, CUresult code) {
  const char *name = nullptr, *text = nullptr;
  if (d.cuGetErrorName(code, &name) || !name) name = "unknown code";
  if (d.cuGetErrorString(code, &text) || !text) text = "unknown error";
  return "CUDA error: " + std::string(text) + " (" + name + ", " +
         std::to_string(static_cast<int>(code)) + ")";
}

void throw_error(CUresult code, const std::string& doing) {
  throw Error(code, error_text(required_driver(), code) + " while " + doing);
}

void log(const std::string& line) {
  if (knobs().logs("cuda")) std::fprintf(stderr, "weft: cuda: %s\n", line.c_str());
}
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
