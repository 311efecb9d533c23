#include "runtime/cuda/program.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <stdexcept>

#include "runtime/cuda/prelude/prelude.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {

class Program {
 public:
  Program(const Nvrtc& n, const std::string& text) : n_(n) {
    check(n.nvrtcCreateProgram(&program_, text.c_str(), "weft.cu", 0, nullptr, nullptr),
          "nvrtcCreateProgram");
  }
  ~Program() { n_.nvrtcDestroyProgram(&program_); }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  nvrtcResult compile(const std::vector<std::string>& options) {
    std::vector<const char*> words;
    for (const std::string& o : options) words.push_back(o.c_str());
    return n_.nvrtcCompileProgram(program_, static_cast<int>(words.size()), words.data());
  }
  std::string log() { return text(n_.nvrtcGetProgramLogSize, n_.nvrtcGetProgramLog); }
  std::string cubin() { return text(n_.nvrtcGetCUBINSize, n_.nvrtcGetCUBIN); }
  std::string ptx() { return text(n_.nvrtcGetPTXSize, n_.nvrtcGetPTX); }

 private:
  void check(nvrtcResult failed, const char* call) {
    if (failed)
      throw std::runtime_error(std::string("NVRTC: ") + call + ": " +
                               n_.nvrtcGetErrorString(failed));
  }
  template <class Size, class Get> std::string text(Size size, Get get) {
    size_t bytes = 0;
    check(size(program_, &bytes), "asking for the size of a result");
    std::string all(bytes, '\0');
    if (bytes) check(get(program_, all.data()), "asking for a result");
    return all;
  }

  const Nvrtc& n_;
  nvrtcProgram program_ = nullptr;
};

/// ptxas writes, for each kernel: "... Function properties for NAME", "N bytes stack frame, N bytes
/// spill stores, N bytes spill loads", "... Used N registers, ..., N bytes smem, ...".
std::vector<Resources> resources_of(const std::string& log) {
  std::vector<Resources> all;
  for (size_t at = 0; at < log.size();) {
    const size_t end = std::min(log.find('\n', at), log.size());
    const std::string line = log.substr(at, end - at);
    at = end + 1;
    static constexpr char kFor[] = "Function properties for ";
    if (size_t name = line.find(kFor); name != std::string::npos)
      all.push_back({line.substr(name + sizeof kFor - 1)});
    if (all.empty()) continue;
    Resources& r = all.back();
    if (size_t used = line.find("Used "); used != std::string::npos) {
      std::sscanf(line.c_str() + used, "Used %d registers", &r.registers);
      for (size_t comma = used; (comma = line.find(", ", comma)) != std::string::npos;) {
        comma += 2;
        int bytes = 0;
        if (std::sscanf(line.c_str() + comma, "%d bytes smem", &bytes) == 1 &&
            line.compare(line.find(' ', comma), 11, " bytes smem") == 0)
          r.shared_bytes = bytes;
      }
    }
    std::sscanf(line.c_str(), "%d bytes stack frame, %d bytes spill stores, %d bytes spill loads",
                &r.stack_bytes, &r.spill_store_bytes, &r.spill_load_bytes);
  }
  return all;
}
}  // namespace

std::string program_text(const std::vector<KernelSource>& kernels) {
  std::string text(prelude_cuda());
  for (const KernelSource& k : kernels) text += "\n#line 1 \"" + k.name + "\"\n" + k.text;
  return text;
}

/// Elementwise results are the CPU's, bit for bit: nothing is contracted, flushed or approximated.
std::vector<std::string> compile_options(const std::string& arch) {
  return {"--gpu-architecture=" + arch,
          "--std=c++17",
          "--device-as-default-execution-space",
          "--minimal",
          "--fmad=false",
          "--ftz=false",
          "--prec-div=true",
          "--prec-sqrt=true",
          "--ptxas-options=-v"};
}

Compiled compile_for(const Nvrtc& n, const std::string& arch,
                     const std::vector<KernelSource>& kernels) {
  Program program(n, program_text(kernels));
  const nvrtcResult failed = program.compile(compile_options(arch));
  Compiled result;
  result.log = program.log();
  while (!result.log.empty() && (result.log.back() == '\0' || result.log.back() == '\n'))
    result.log.pop_back();
  if (failed) {
    std::string names;
    for (const KernelSource& k : kernels) names += (names.empty() ? "" : ", ") + k.name;
    throw std::runtime_error("NVRTC refuses a kernel (" + names + ") for " + arch + ": " +
                             n.nvrtcGetErrorString(failed) + "\n" + result.log);
  }
  const bool ptx = arch.rfind("compute_", 0) == 0;
  result.image = ptx ? program.ptx() : program.cubin();
  result.resources = resources_of(result.log);
  return result;
}

Compiled compile_for(const std::string& arch, const std::vector<KernelSource>& kernels) {
  if (!nvrtc()) throw std::runtime_error(nvrtc_absence());
  return compile_for(*nvrtc(), arch, kernels);
}

std::string arch_for(const Nvrtc& n, int major, int minor) {
  const int arch = major * 10 + minor;
  if (std::binary_search(n.archs.begin(), n.archs.end(), arch))
    return "sm_" + std::to_string(arch) + (arch == 90 || arch == 100 ? "a" : "");
  if (!n.archs.empty() && arch > n.archs.back()) return "compute_" + std::to_string(n.archs.back());
  // Code for an earlier minor version of the same generation runs, too.
  for (auto at = n.archs.rbegin(); at != n.archs.rend(); ++at)
    if (*at / 10 == major && *at < arch) return "sm_" + std::to_string(*at);
  throw std::runtime_error(
      "NVRTC " + std::to_string(n.major) + "." + std::to_string(n.minor) +
      " does not compile for sm_" + std::to_string(arch) + ", which this device is" +
      (n.archs.empty() ? "" : "; its oldest is sm_" + std::to_string(n.archs[0])));
}
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
