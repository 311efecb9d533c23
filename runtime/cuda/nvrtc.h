/// NVRTC, the compiler of CUDA C++: a table of its functions, filled when first asked for.
#pragma once
#include <string>
#include <vector>

#define WEFT_NVRTC(X)                                                                   \
  X(nvrtcVersion, (int* major, int* minor))                                             \
  X(nvrtcGetNumSupportedArchs, (int* count))                                            \
  X(nvrtcGetSupportedArchs, (int* archs))                                               \
  X(nvrtcCreateProgram,                                                                 \
    (nvrtcProgram * program, const char* source, const char* name, int header_count,    \
     const char* const* headers, const char* const* header_names))                      \
  X(nvrtcDestroyProgram, (nvrtcProgram * program))                                      \
  X(nvrtcCompileProgram, (nvrtcProgram program, int count, const char* const* options)) \
  X(nvrtcGetPTXSize, (nvrtcProgram program, size_t* bytes))                             \
  X(nvrtcGetPTX, (nvrtcProgram program, char* to))                                      \
  X(nvrtcGetCUBINSize, (nvrtcProgram program, size_t* bytes))                           \
  X(nvrtcGetCUBIN, (nvrtcProgram program, char* to))                                    \
  X(nvrtcGetProgramLogSize, (nvrtcProgram program, size_t* bytes))                      \
  X(nvrtcGetProgramLog, (nvrtcProgram program, char* to))

namespace torch {
namespace runtime {
namespace cuda {

using nvrtcProgram = struct _nvrtcProgram*;
enum nvrtcResult : int {
  NVRTC_SUCCESS = 0,
  NVRTC_ERROR_OUT_OF_MEMORY = 1,
  NVRTC_ERROR_INVALID_INPUT = 3,
  NVRTC_ERROR_INVALID_PROGRAM = 4,
  NVRTC_ERROR_INVALID_OPTION = 5,
  NVRTC_ERROR_COMPILATION = 6,
  NVRTC_ERROR_BUILTIN_OPERATION_FAILURE = 7,
  NVRTC_ERROR_INTERNAL_ERROR = 11
};

struct Nvrtc {
#define WEFT_MEMBER(name, parameters) nvrtcResult(*name) parameters = nullptr;
  WEFT_NVRTC(WEFT_MEMBER)
#undef WEFT_MEMBER
  const char* (*nvrtcGetErrorString)(nvrtcResult) = nullptr;
  int major = 0, minor = 0;
  std::vector<int> archs;  // 75, 80, ... ascending
  std::string identity;    // who this is: another one may make other code of the same text
};

/// NVRTC, or null: nvrtc_absence() says why. Needs neither driver nor device.
const Nvrtc* nvrtc();
const std::string& nvrtc_absence();

struct FoundNvrtc {
  const Nvrtc* nvrtc = nullptr;
  std::string absence;
};
/// From the first of these libraries that is there.
FoundNvrtc find_nvrtc(const std::vector<std::string>& libraries);
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
