// NVRTC by the host's compiler. Its "cubin" is a shared object behind a word and its length.
#include <cstring>
#include <memory>
#include <stdexcept>

#include "runtime/cuda/emulate/compile.h"
#include "runtime/cuda/emulate/driver_state.h"
#include "runtime/cuda/prelude/prelude.h"
#include "runtime/executable/kernel_cache.h"

namespace torch {
namespace runtime {
namespace cuda {

struct _nvrtcProgram {
  std::string source, image, log;
};

namespace emulate {
namespace {

constexpr char kMagic[8] = {'w', 'e', 'f', 't', 's', 'o', '1', '\n'};
constexpr int kArchs[] = {80, 90, 100};

nvrtcResult nvrtcVersion(int* major, int* minor) {
  *major = 13;
  *minor = 0;
  return NVRTC_SUCCESS;
}
nvrtcResult nvrtcGetNumSupportedArchs(int* count) {
  *count = std::size(kArchs);
  return NVRTC_SUCCESS;
}
nvrtcResult nvrtcGetSupportedArchs(int* archs) {
  std::copy(std::begin(kArchs), std::end(kArchs), archs);
  return NVRTC_SUCCESS;
}
nvrtcResult nvrtcCreateProgram(nvrtcProgram* program, const char* source, const char*, int count,
                               const char* const*, const char* const*) {
  const std::string_view text(source), prelude = prelude_cuda();
  if (count != 0 || text.substr(0, prelude.size()) != prelude) return NVRTC_ERROR_INVALID_INPUT;
  *program = new _nvrtcProgram{std::string(text.substr(prelude.size())), "", ""};
  return NVRTC_SUCCESS;
}
nvrtcResult nvrtcDestroyProgram(nvrtcProgram* program) {
  delete *program;
  *program = nullptr;
  return NVRTC_SUCCESS;
}
nvrtcResult nvrtcCompileProgram(nvrtcProgram program, int, const char* const*) {
  {
    std::lock_guard<std::recursive_mutex> lock(state().mutex);
    if (happens(state().faults.compilation)) {
      program->log = "a fault that was asked for";
      return NVRTC_ERROR_COMPILATION;
    }
  }
  try {
    const std::string code = compile(program->source);
    const uint64_t length = code.size();
    program->image.assign(kMagic, sizeof kMagic);
    program->image.append(reinterpret_cast<const char*>(&length), sizeof length);
    program->image += code;
    return NVRTC_SUCCESS;
  } catch (const std::runtime_error& e) {
    program->log = e.what();
    return NVRTC_ERROR_COMPILATION;
  }
}
nvrtcResult size_of(const std::string& text, size_t* bytes) {
  *bytes = text.size() + 1;
  return NVRTC_SUCCESS;
}
nvrtcResult copy_of(const std::string& text, char* to) {
  std::memcpy(to, text.c_str(), text.size() + 1);
  return NVRTC_SUCCESS;
}
nvrtcResult nvrtcGetPTXSize(nvrtcProgram, size_t*) { return NVRTC_ERROR_INVALID_INPUT; }
nvrtcResult nvrtcGetPTX(nvrtcProgram, char*) { return NVRTC_ERROR_INVALID_INPUT; }
nvrtcResult nvrtcGetCUBINSize(nvrtcProgram program, size_t* bytes) {
  return size_of(program->image, bytes);
}
nvrtcResult nvrtcGetCUBIN(nvrtcProgram program, char* to) { return copy_of(program->image, to); }
nvrtcResult nvrtcGetProgramLogSize(nvrtcProgram program, size_t* bytes) {
  return size_of(program->log, bytes);
}
nvrtcResult nvrtcGetProgramLog(nvrtcProgram program, char* to) { return copy_of(program->log, to); }
const char* error_string(nvrtcResult result) {
  return result == NVRTC_ERROR_COMPILATION ? "NVRTC_ERROR_COMPILATION"
         : result == NVRTC_SUCCESS         ? "NVRTC_SUCCESS"
                                           : "NVRTC_ERROR_INVALID_INPUT";
}

std::string identity() {
  std::string who;
  try {
    who = compiler();
  } catch (const std::runtime_error& e) {
    who = e.what();  // compilations say so
  }
  const KernelKey prelude = kernel_key(prelude_emulated());
  return "emulated, " + who + ", prelude " + std::to_string(prelude.high) +
         std::to_string(prelude.low);
}
}  // namespace

bool read_image(const char* image, std::string* code) {
  if (std::memcmp(image, kMagic, sizeof kMagic) != 0) return false;
  uint64_t length = 0;
  std::memcpy(&length, image + sizeof kMagic, sizeof length);
  code->assign(image + sizeof kMagic + sizeof length, length);
  return true;
}
}  // namespace emulate

const Nvrtc* emulated_nvrtc() {
  static const Nvrtc* table = [] {
    auto* n = new Nvrtc();
#define WEFT_ENTRY(name, parameters) n->name = &emulate::name;
    WEFT_NVRTC(WEFT_ENTRY)
#undef WEFT_ENTRY
    n->nvrtcGetErrorString = &emulate::error_string;
    n->nvrtcVersion(&n->major, &n->minor);
    n->archs.assign(std::begin(emulate::kArchs), std::end(emulate::kArchs));
    n->identity = emulate::identity();
    return n;
  }();
  return table;
}
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
